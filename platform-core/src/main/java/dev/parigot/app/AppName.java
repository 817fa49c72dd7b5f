package dev.parigot.app;

import dev.parigot.manifest.AppNames;
import dev.parigot.problem.Problem;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of an app: one DNS label, since it names the app's origin. In staging the branch stands
 * before it, as in {@code feature--shop}: two hyphens are in no name that somebody chose.
 */
public record AppName(String value) implements Comparable<AppName> {
  private static final String BETWEEN = "--";
  private static final int LONGEST_LABEL = 63;
  private static final Pattern SLUG = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

  /** Checks the name; a 400 {@link Problem} if it is no name or reserved. */
  public static AppName of(String value) {
    if (!AppNames.isValid(value)) {
      throw Problem.user(
          400,
          "app-name-invalid",
          "\"" + value + "\" can't name an app.",
          "Use " + AppNames.RULE + ".");
    }
    if (AppNames.isReserved(value)) {
      throw Problem.user(
          400,
          "app-name-reserved",
          "\"" + value + "\" is reserved for the platform.",
          "Choose another name.");
    }
    return new AppName(value);
  }

  /** The name in that text, if it can be an app's, in production or in staging. */
  static Optional<AppName> find(String value) {
    AppName found = new AppName(value);
    return AppNames.isValid(found.production().value)
            && (!found.isStaging() || SLUG.matcher(found.slug()).matches())
        ? Optional.of(found)
        : Optional.empty();
  }

  /** What this app is called in the staging situation of that branch. */
  public AppName staging(Branch branch) {
    int longest = LONGEST_LABEL - BETWEEN.length() - value.length();
    return new AppName(branch.slug(longest) + BETWEEN + value);
  }

  /** What the app is called in production. */
  public AppName production() {
    return isStaging()
        ? new AppName(value.substring(value.indexOf(BETWEEN) + BETWEEN.length()))
        : this;
  }

  /** What stands for the branch in a name in staging; empty in production. */
  public String slug() {
    return isStaging() ? value.substring(0, value.indexOf(BETWEEN)) : "";
  }

  private boolean isStaging() {
    return value.contains(BETWEEN);
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
