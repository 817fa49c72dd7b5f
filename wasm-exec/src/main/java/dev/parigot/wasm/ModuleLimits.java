package dev.parigot.wasm;

/**
 * How much of anything a module may have. Those of the JavaScript embedding of WebAssembly, which
 * browsers and the engine keep to, where it names one; so that a file can't make its reader take
 * many times its own size in memory.
 */
final class ModuleLimits {
  static final int TYPES = 1_000_000;
  static final int FUNCTIONS = 1_000_000;
  static final int IMPORTS = 100_000;
  static final int EXPORTS = 100_000;
  static final int GLOBALS = 1_000_000;
  static final int DATA_SEGMENTS = 100_000;
  static final int TABLES = 10_000;
  static final int MEMORIES = 1_000;
  static final int ELEMENT_SEGMENTS = 100_000;

  /** References in all element segments together. Ours: as many as a table may have. */
  static final int ELEMENTS = 1 << 20;

  static final int PARAMS = 1_000;
  static final int RESULTS = 1_000;

  /**
   * Locals of one function. Ours, as the engine takes heap for all of them in each call of it: with
   * 50,000, endless recursion took 1.4 GB; with 10,000, 240 MB. The most in any compiled module
   * that was looked at are 483.
   */
  static final int LOCALS = 10_000;

  /**
   * Locals of all functions together. Ours, as a few bytes of a file can declare {@link #LOCALS}
   * and the engine takes 3 bytes for each: without it, 90 KB took 1.5 GB.
   */
  static final int ALL_LOCALS = 4_000_000;

  /** Values on the operand stack of a function. Ours: as many as it may have locals. */
  static final int OPERANDS = LOCALS;

  /** Bytes of one function. */
  static final int FUNCTION_SIZE = 7_654_321;

  /** Ours. */
  static final int CUSTOM_SECTIONS = 10_000;

  static final long MEMORY_PAGES = 1L << 16;

  /** Of a 64-bit memory: the specification's. */
  static final long WIDE_MEMORY_PAGES = 1L << 48;

  static final long TABLE_ELEMENTS = (1L << 32) - 1;

  private ModuleLimits() {}
}
