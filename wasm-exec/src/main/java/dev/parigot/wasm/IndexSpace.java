package dev.parigot.wasm;

import java.util.Locale;

/** What an index in an instruction counts. */
public enum IndexSpace {
  TYPE,
  FUNCTION,
  TABLE,
  MEMORY,
  GLOBAL,
  ELEMENT,
  DATA,
  LOCAL;

  @Override
  public String toString() {
    return switch (this) {
      case ELEMENT -> "element segment";
      case DATA -> "data segment";
      default -> name().toLowerCase(Locale.ROOT);
    };
  }
}
