package dev.parigot.wasm;

import java.util.Locale;

/** The sections with a meaning to the engine, in the order in which a module has them. */
public enum SectionId {
  TYPE(1),
  IMPORT(2),
  FUNCTION(3),
  TABLE(4),
  MEMORY(5),
  GLOBAL(6),
  EXPORT(7),
  START(8),
  ELEMENT(9),
  DATA_COUNT(12),
  CODE(10),
  DATA(11);

  private final int code;

  SectionId(int code) {
    this.code = code;
  }

  /** The byte that begins it. */
  public int code() {
    return code;
  }

  /** As errors call it: {@code code section}. */
  public String title() {
    return this + " section";
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
