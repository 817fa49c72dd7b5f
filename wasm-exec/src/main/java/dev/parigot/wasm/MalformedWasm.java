package dev.parigot.wasm;

/** Bytes that are no WASM module, or none that the engine can run: where, and why. */
public final class MalformedWasm extends RuntimeException {
  private final long offset;
  private final String reason;

  public MalformedWasm(long offset, String reason) {
    super("byte " + offset + ": " + reason);
    this.offset = offset;
    this.reason = reason;
  }

  /** The same, told to be in the code of that function. */
  MalformedWasm within(String function) {
    return new MalformedWasm(offset, "in function `" + function + "`: " + reason);
  }

  /** In bytes from the start of the file. */
  public long offset() {
    return offset;
  }

  /** What is wrong there, and what to do about it where that isn't plain. */
  public String reason() {
    return reason;
  }
}
