package dev.parigot.app;

import dev.parigot.problem.Problem;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The name of an app: one DNS label, since it names the app's origin. */
public record AppName(String value) implements Comparable<AppName> {
  private static final Pattern VALID = Pattern.compile("[a-z][a-z0-9-]{1,30}");
  private static final Set<String> RESERVED =
      Set.of("demo", "www", "api", "git", "console", "admin", "parigot");

  /** Checks the name; a 400 {@link Problem} if it is no name or reserved. */
  public static AppName of(String value) {
    if (!isName(value)) {
      throw Problem.user(
          400,
          "app-name-invalid",
          "\"" + value + "\" can't name an app.",
          "Use 2 to 31 lower-case letters, digits and single hyphens, beginning with a letter and not ending in a hyphen.");
    }
    if (RESERVED.contains(value)) {
      throw Problem.user(
          400,
          "app-name-reserved",
          "\"" + value + "\" is reserved for the platform.",
          "Choose another name.");
    }
    return new AppName(value);
  }

  private static boolean isName(String value) {
    return VALID.matcher(value).matches() && !value.contains("--") && !value.endsWith("-");
  }

  /** The name in that text, if it can be an app's. */
  static Optional<AppName> find(String value) {
    return isName(value) ? Optional.of(new AppName(value)) : Optional.empty();
  }

  @Override
  public int compareTo(AppName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
