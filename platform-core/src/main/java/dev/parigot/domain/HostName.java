package dev.parigot.domain;

import dev.parigot.problem.Problem;
import java.net.IDN;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The name of a host in the one spelling that requests use: lower case, in ASCII. */
public record HostName(String value) {
  private static final int LONGEST = 253;

  /** Of a TXT record's name there is a label more. */
  private static final int LONGEST_PROVABLE = LONGEST - "_parigot.".length();

  private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
  private static final Pattern NUMBER = Pattern.compile("[0-9]+");

  /**
   * Reads what a user gave, in any script and case. A 400 {@code Problem} if it names no host that
   * could be a domain.
   */
  public static HostName of(String text) {
    return find(text)
        .orElseThrow(() ->
            Problem.user(
                400,
                "domain-invalid",
                "\"" + text + "\" is no domain.",
                "Give the name alone, such as shop.example.org: at least two labels, no address, no port, no path."));
  }

  /** The name in that text, if there is one. */
  static Optional<HostName> find(String text) {
    String name;
    try {
      name = IDN.toASCII(text.strip(), IDN.USE_STD3_ASCII_RULES).toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    if (name.endsWith(".")) {
      name = name.substring(0, name.length() - 1);
    }
    List<String> labels = List.of(name.split("\\.", -1));
    boolean valid =
        name.length() <= LONGEST_PROVABLE
            && labels.size() >= 2
            && labels.stream().allMatch(label -> LABEL.matcher(label).matches())
            && !NUMBER.matcher(labels.getLast()).matches();
    return valid ? Optional.of(new HostName(name)) : Optional.empty();
  }

  /** Whether it is that domain, or a name under it. */
  boolean isWithin(String domain) {
    return value.equals(domain) || value.endsWith("." + domain);
  }

  /** As people read it: in its own script. */
  public String unicode() {
    return IDN.toUnicode(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
