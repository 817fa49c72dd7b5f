package dev.parigot.wasm;

/**
 * Where something stood, in bytes from the start of the file that it was read from. It is no part
 * of what the thing is: any two offsets are equal, so that models compare by meaning alone.
 */
public record Offset(long value) {
  /** Of what was made, not read. */
  public static final Offset NONE = new Offset(-1);

  @Override
  public boolean equals(Object other) {
    return other instanceof Offset;
  }

  @Override
  public int hashCode() {
    return 0;
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
