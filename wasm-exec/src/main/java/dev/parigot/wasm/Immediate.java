package dev.parigot.wasm;

/** What can follow an opcode; the words of the instruction table, in capitals. */
enum Immediate {
  /** The type of a block: none, a value type or the index of a function type. */
  BLOCK,
  /** A branch target, counted from the innermost block. */
  LABEL,
  /** The branch targets of {@code br_table}. */
  LABELS,
  TYPE,
  FUNCTION,
  TABLE,
  MEMORY,
  GLOBAL,
  LOCAL,
  ELEMENT,
  DATA,
  /** Alignment and offset of an access to memory; its bound is the width in bytes. */
  MEMARG,
  I32,
  I64,
  F32,
  F64,
  V128,
  /** A lane of a vector; its bound is their number. */
  LANE,
  /** The sixteen lanes of a shuffle. */
  LANES,
  /** The types of a typed {@code select}. */
  TYPES,
  /** The kind of a null reference. */
  HEAP
}
