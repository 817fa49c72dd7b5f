package dev.parigot.engine;

import dev.parigot.situation.Situation;

/** The one GraalWasm engine of a process. Thread-safe. */
public final class Engine implements AutoCloseable {
  /** Throws {@link EngineUnavailable} if this JVM would only interpret guests. */
  public static Engine start(EngineOptions options) {
    throw new AssertionError("skeleton");
  }

  /**
   * The module with that digest under those limits, parsed at most once while anybody holds it.
   * Throws {@link CannotStart} if it isn't a module that this engine can run.
   */
  public Code code(String digest, byte[] module, Limits limits) {
    throw new AssertionError("skeleton");
  }

  /**
   * Makes an instance and runs its {@code _initialize}. Throws {@link CannotStart} if that fails.
   *
   * @param instance its name in logs and traces
   */
  public Instance instantiate(Code code, String service, String instance, Situation situation) {
    throw new AssertionError("skeleton");
  }

  /** Ends every instance. */
  @Override
  public void close() {
    throw new AssertionError("skeleton");
  }
}
