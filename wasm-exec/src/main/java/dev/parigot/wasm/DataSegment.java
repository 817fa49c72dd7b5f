package dev.parigot.wasm;

/** Bytes to put into memories. */
public record DataSegment(Mode mode, Bytes bytes) {
  /** When the bytes are put where. */
  public sealed interface Mode {
    /** At instantiation, into a memory. */
    record Active(int memory, Expression at) implements Mode {}

    /** When the module says so. */
    record Passive() implements Mode {}
  }
}
