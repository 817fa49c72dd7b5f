package dev.parigot.app;

import dev.parigot.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What can be configuration: its keys and values are a guest's environment. */
final class ConfigRules {
  private static final Pattern KEY = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,127}");

  /** Characters of one value. */
  private static final int LONGEST_VALUE = 32_768;

  /** Characters of all keys and values: every instance of every service gets a copy. */
  private static final int LARGEST_WHOLE = 262_144;

  private ConfigRules() {}

  static void check(Map<String, @Nullable String> changes) {
    List<String> mistakes = new ArrayList<>();
    changes.forEach((key, value) -> {
      if (!KEY.matcher(key).matches()) {
        mistakes.add(
            "\"%s\" is no key: use up to 128 letters, digits and underscores, not beginning with a digit"
                .formatted(key));
      } else if (value != null && value.length() > LONGEST_VALUE) {
        mistakes.add(
            "the value of %s has %,d characters; at most %,d are allowed"
                .formatted(key, value.length(), LONGEST_VALUE));
      } else if (value != null && value.indexOf('\0') >= 0) {
        mistakes.add("the value of %s contains a NUL character".formatted(key));
      }
    });
    if (!mistakes.isEmpty()) {
      throw new Problem(
          Problem.Kind.USER,
          400,
          "config-invalid",
          "That can't be configuration.",
          "Correct what is listed; nothing was changed.",
          mistakes);
    }
  }

  static void checkWhole(Map<String, String> config) {
    long characters = 0;
    for (Map.Entry<String, String> entry : config.entrySet()) {
      characters += entry.getKey().length() + entry.getValue().length();
    }
    if (characters > LARGEST_WHOLE) {
      throw Problem.user(
          413,
          "config-too-large",
          "The configuration would have %,d characters; at most %,d are allowed."
              .formatted(characters, LARGEST_WHOLE),
          "Remove keys, or keep large values in the key-value store.");
    }
  }
}
