package dev.parigot.account;

import dev.parigot.problem.Problem;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An e-mail address, in lower case.
 *
 * <p>Whether an address exists only a letter can tell. What is refused here are slips: of RFC 5321
 * the quoted local parts and address literals, which nobody signs up with, are left out.
 */
public record Email(String value) {
  private static final Pattern VALID =
      Pattern.compile(
          "[\\p{L}\\p{N}!#$%&'*+/=?^_`{|}~-]+(\\.[\\p{L}\\p{N}!#$%&'*+/=?^_`{|}~-]+)*"
              + "@([\\p{L}\\p{N}]([\\p{L}\\p{N}-]{0,61}[\\p{L}\\p{N}])?\\.)*"
              + "[\\p{L}\\p{N}]([\\p{L}\\p{N}-]{0,61}[\\p{L}\\p{N}])?");

  /** The longest address that mail can carry, in characters. */
  private static final int LONGEST = 254;

  /** Checks the address; a 400 {@link Problem} if it is none. */
  public static Email of(String text) {
    return find(text).orElseThrow(Email::invalid);
  }

  /** The address in that text, if it is one. */
  public static Optional<Email> find(String text) {
    String value = text.strip().toLowerCase(Locale.ROOT);
    return value.length() <= LONGEST && VALID.matcher(value).matches()
        ? Optional.of(new Email(value))
        : Optional.empty();
  }

  private static Problem invalid() {
    return Problem.user(
        400,
        "email-invalid",
        "That is not an e-mail address.",
        "It has a name, an @ and a domain, such as ada@example.org.");
  }

  /** What is before the @. */
  public String localPart() {
    return value.substring(0, value.indexOf('@'));
  }
}
