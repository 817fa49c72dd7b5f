package dev.parigot.wasm;

/** Reads the binary format. */
public final class WasmReader {
  private WasmReader() {}

  /**
   * Reads a module. Its parts look into {@code file}, which must not be changed afterwards.
   *
   * @throws MalformedWasm if it is none, or one that the engine can't run
   */
  public static WasmModule read(byte[] file) {
    throw new AssertionError("skeleton");
  }
}
