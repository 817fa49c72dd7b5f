package dev.parigot.engine;

/** This JVM can't run guests as it should; the message says what to change. */
public final class EngineUnavailable extends RuntimeException {
  EngineUnavailable(String message) {
    super(message);
  }
}
