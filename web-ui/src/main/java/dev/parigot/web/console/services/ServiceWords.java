package dev.parigot.web.console.services;

import dev.parigot.fleet.ServiceStatus.State;
import java.util.Locale;

/** The state of a service in the user's words. */
final class ServiceWords {
  private ServiceWords() {}

  static String word(State state) {
    return switch (state) {
      case STARTING -> "Starting";
      case RUNNING -> "Running";
      case IDLE -> "Idle";
      case FAILING -> "Failing";
      case STOPPED -> "Stopped";
    };
  }

  static String meaning(State state) {
    return switch (state) {
      case STARTING -> "Its first instance is being made.";
      case RUNNING -> "Its last calls were answered.";
      case IDLE -> "It has no instance now; the first call makes one.";
      case FAILING -> "Its last calls trapped or timed out, or it can't start.";
      case STOPPED -> "It does not run.";
    };
  }

  /** As the style sheet knows it. */
  static String style(State state) {
    return state.name().toLowerCase(Locale.ROOT);
  }
}
