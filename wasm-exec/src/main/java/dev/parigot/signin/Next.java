package dev.parigot.signin;

import java.util.Optional;

/** Where a browser goes once somebody has signed in: to a path of the same origin. */
final class Next {
  static final String HOME = "/";

  private static final int LONGEST = 2000;

  private Next() {}

  /** The path if it leads to nowhere else, else the app's first page. */
  static String of(Optional<String> asked) {
    return asked.filter(Next::isOwn).orElse(HOME);
  }

  /** Browsers take a backslash for a slash, and leave control characters out. */
  private static boolean isOwn(String path) {
    return path.startsWith("/")
        && !path.startsWith("//")
        && path.length() <= LONGEST
        && path.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '\\');
  }
}
