package dev.parigot.wasm;

/** An edit that writes a maximum into every memory and table that a module defines. */
public final class MemoryLimits {
  private MemoryLimits() {}

  /** What became of the edit. */
  public sealed interface Outcome {
    /** The module with its new maximums. */
    record Capped(WasmModule module) implements Outcome {}

    /** The module begins with more than it may have; {@code reason} says what and how much. */
    record TooBig(String reason) implements Outcome {}
  }

  /**
   * Lets the memories of a module grow to {@code maxBytes} in all. A maximum that the module
   * declares itself stands if it is lower.
   */
  public static Outcome cap(WasmModule module, long maxBytes) {
    throw new AssertionError("skeleton");
  }
}
