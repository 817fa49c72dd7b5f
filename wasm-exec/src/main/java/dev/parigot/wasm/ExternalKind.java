package dev.parigot.wasm;

import java.util.Locale;

/** The kinds of things that modules import and export, in the order of their codes. */
public enum ExternalKind {
  FUNCTION,
  TABLE,
  MEMORY,
  GLOBAL;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
