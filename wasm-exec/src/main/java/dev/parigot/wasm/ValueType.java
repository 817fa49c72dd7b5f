package dev.parigot.wasm;

import java.util.Locale;

/** A type of value that the engine knows. */
public enum ValueType {
  I32(0x7f),
  I64(0x7e),
  F32(0x7d),
  F64(0x7c),
  V128(0x7b),
  FUNCREF(0x70),
  EXTERNREF(0x6f);

  private final int code;

  ValueType(int code) {
    this.code = code;
  }

  /** The byte that stands for it in the binary format. */
  public int code() {
    return code;
  }

  public boolean isReference() {
    return this == FUNCREF || this == EXTERNREF;
  }

  /** Whether it is a 32- or 64-bit integer or float. */
  public boolean isNumber() {
    return ordinal() <= F64.ordinal();
  }

  /** Its name in the text format. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
