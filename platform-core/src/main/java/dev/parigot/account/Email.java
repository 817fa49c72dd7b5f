package dev.parigot.account;

import dev.parigot.problem.Problem;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * An e-mail address, in lower case.
 *
 * <p>Whether an address exists only a letter can tell. What is refused here are slips: of RFC 5321
 * the quoted local parts and address literals, which nobody signs up with, are left out.
 */
record Email(String value) {
  private static final Pattern VALID =
      Pattern.compile(
          "[\\p{L}\\p{N}!#$%&'*+/=?^_`{|}~-]+(\\.[\\p{L}\\p{N}!#$%&'*+/=?^_`{|}~-]+)*"
              + "@([\\p{L}\\p{N}]([\\p{L}\\p{N}-]{0,61}[\\p{L}\\p{N}])?\\.)*"
              + "[\\p{L}\\p{N}]([\\p{L}\\p{N}-]{0,61}[\\p{L}\\p{N}])?");

  /** The longest address that mail can carry, in characters. */
  private static final int LONGEST = 254;

  /** Checks the address; a 400 {@link Problem} if it is none. */
  static Email of(String text) {
    Email email = normalised(text);
    if (email.value.length() > LONGEST || !VALID.matcher(email.value).matches()) {
      throw Problem.user(
          400,
          "email-invalid",
          "That is not an e-mail address.",
          "It has a name, an @ and a domain, such as ada@example.org.");
    }
    return email;
  }

  /** The address as it would be kept, whether it is one or not. */
  static Email normalised(String text) {
    return new Email(text.strip().toLowerCase(Locale.ROOT));
  }

  /** What is before the @. */
  String localPart() {
    return value.substring(0, value.indexOf('@'));
  }
}
