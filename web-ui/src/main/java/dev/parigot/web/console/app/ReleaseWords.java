package dev.parigot.web.console.app;

import dev.parigot.release.Release;

/** A release in the user's words. */
public final class ReleaseWords {
  private ReleaseWords() {}

  /** How it came to be; empty if it was pushed by git, which its commit tells. */
  public static String origin(Release release) {
    return switch (release.origin()) {
      case Release.Origin.Push _ -> release.commit() == null ? "from an archive" : "";
      case Release.Origin.Rollback rollback -> "rollback to v" + rollback.number();
      case Release.Origin.Reconfiguration _ -> "new configuration";
      case Release.Origin.Promotion promotion ->
          "promotion of " + promotion.branch() + " v" + promotion.number();
    };
  }
}
