package dev.parigot.app;

import dev.parigot.manifest.AppNames;
import dev.parigot.problem.Problem;
import java.util.Optional;

/** The name of an app: one DNS label, since it names the app's origin. */
public record AppName(String value) implements Comparable<AppName> {
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

  /** The name in that text, if it can be an app's. */
  static Optional<AppName> find(String value) {
    return AppNames.isValid(value) ? Optional.of(new AppName(value)) : Optional.empty();
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
