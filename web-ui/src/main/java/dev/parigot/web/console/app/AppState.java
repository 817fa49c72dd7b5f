package dev.parigot.web.console.app;

import java.util.Locale;

/** The state of an app in one word, told pessimistically: live only if all of it is. */
public enum AppState {
  /** Nothing was ever pushed. */
  EMPTY("No release yet"),
  STARTING("Starting"),
  LIVE("Live"),
  /** It serves, but at least one service fails. */
  FAILING("Failing"),
  /** Its first release failed: nothing serves. */
  FAILED("Not live"),
  /** It has a live release, of which something does not run. */
  DOWN("Down");

  private final String word;

  AppState(String word) {
    this.word = word;
  }

  public String word() {
    return word;
  }

  /** As the style sheet knows it. */
  public String style() {
    return name().toLowerCase(Locale.ROOT);
  }
}
