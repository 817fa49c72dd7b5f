package dev.parigot.wasm;

import java.util.Arrays;

/** What followed the opcode of the instruction that was read last. */
final class Immediates {
  /** The type of a block that takes and gives nothing. */
  static final int NO_TYPE = -1;

  private final int[] indices = new int[IndexSpace.values().length];
  private final int[] previous = new int[IndexSpace.values().length];
  private int[] labels = new int[8];
  private int labelCount;
  private int block = NO_TYPE;
  private ValueType type = ValueType.I32;

  /** Forgets the labels; everything else is overwritten by the instructions that have it. */
  void clear() {
    labelCount = 0;
  }

  void addIndex(IndexSpace space, long index) {
    previous[space.ordinal()] = indices[space.ordinal()];
    indices[space.ordinal()] = (int) index;
  }

  void addLabel(int label) {
    if (labelCount == labels.length) {
      labels = Arrays.copyOf(labels, 2 * labelCount);
    }
    labels[labelCount++] = label;
  }

  void setBlock(int newBlock) {
    block = newBlock;
  }

  void setType(ValueType newType) {
    type = newType;
  }

  /** The index into that space; of two, the second, which is a copy's source. */
  int index(IndexSpace space) {
    return indices[space.ordinal()];
  }

  /** The first of two indices into that space: a copy's target. */
  int target(IndexSpace space) {
    return previous[space.ordinal()];
  }

  int labels() {
    return labelCount;
  }

  int label(int number) {
    return labels[number];
  }

  /** The index of a block's type; {@link #NO_TYPE}; or {@code -2 - ordinal} of its one result. */
  int block() {
    return block;
  }

  /** Of a null reference, or of a typed {@code select}. */
  ValueType type() {
    return type;
  }
}
