package dev.parigot.wasm;

/** Writes the binary format. */
public final class WasmWriter {
  private WasmWriter() {}

  /** The module in bytes; the same module always gives the same bytes. */
  public static byte[] write(WasmModule module) {
    throw new AssertionError("skeleton");
  }
}
