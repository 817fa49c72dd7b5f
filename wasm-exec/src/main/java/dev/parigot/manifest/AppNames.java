package dev.parigot.manifest;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What may name an app: one DNS label, since it names the app's origin. */
public final class AppNames {
  /** The rule in words. */
  public static final String RULE =
      "2 to 31 lower-case letters, digits and single hyphens, beginning with a letter and not"
          + " ending in a hyphen";

  private static final Pattern VALID = Pattern.compile("[a-z][a-z0-9-]{1,30}");
  private static final Set<String> RESERVED =
      Set.of("demo", "www", "api", "git", "console", "admin", "parigot");

  private AppNames() {}

  /** Whether it keeps the rule; a reserved name does, too. */
  public static boolean isValid(String name) {
    return VALID.matcher(name).matches() && !name.contains("--") && !name.endsWith("-");
  }

  /** Whether the platform needs the name for itself. */
  public static boolean isReserved(String name) {
    return RESERVED.contains(name);
  }

  /** A name for an app that is near to the text, if it has enough letters for one. */
  public static Optional<String> nearest(String text) {
    String near = text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    near = near.replaceFirst("^[^a-z]+", "");
    near = near.substring(0, Math.min(31, near.length())).replaceFirst("-+$", "");
    if (isReserved(near)) {
      near = "my-" + near;
    }
    return isValid(near) ? Optional.of(near) : Optional.empty();
  }
}
