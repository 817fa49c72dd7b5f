package dev.parigot.wasm;

/** Bytes that are no WASM module, or none that the engine can run: where, and why. */
public final class MalformedWasm extends RuntimeException {
  private final long offset;
  private final String reason;
  private final String next;

  public MalformedWasm(long offset, String reason) {
    this(offset, reason, "");
  }

  /**
   * With what to do about it.
   *
   * @param next whole sentences
   */
  public MalformedWasm(long offset, String reason, String next) {
    super("byte " + offset + ": " + reason + (next.isEmpty() ? "" : ". " + next));
    this.offset = offset;
    this.reason = reason;
    this.next = next;
  }

  /** The same, told to be in the code of that function. */
  MalformedWasm within(String function) {
    return new MalformedWasm(offset, "in function `" + function + "`: " + reason, next);
  }

  /** In bytes from the start of the file. */
  public long offset() {
    return offset;
  }

  /** What is wrong there. */
  public String reason() {
    return reason;
  }

  /** What to do about it; empty if nothing but to build the module anew. */
  public String next() {
    return next;
  }
}
