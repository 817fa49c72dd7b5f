package dev.parigot.account;

import dev.parigot.problem.Problem;

/** The names that people give: one line of printable text. */
public final class Names {
  private static final int LONGEST = 100;

  private Names() {}

  /** The name without spaces around it; a 400 {@link Problem} of that type if it is none. */
  public static String check(String name, String type, String subject) {
    String stripped = name.strip();
    if (stripped.isEmpty()
        || stripped.length() > LONGEST
        || stripped.chars().anyMatch(Character::isISOControl)) {
      throw Problem.user(
          400,
          type,
          subject + " has 1 to " + LONGEST + " characters, none of them a control character.",
          "Choose another name.");
    }
    return stripped;
  }
}
