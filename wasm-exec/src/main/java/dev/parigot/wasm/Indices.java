package dev.parigot.wasm;

import java.util.BitSet;

/** How many there are of what indices count, as far as the module was read. */
final class Indices implements InstructionWalker.Uses {
  private final BitSet wideMemories = new BitSet();
  private final long[] counts = new long[IndexSpace.values().length];
  private boolean dataCounted;

  long count(IndexSpace space) {
    return counts[space.ordinal()];
  }

  void add(IndexSpace space) {
    counts[space.ordinal()]++;
  }

  void addMemory(boolean wide) {
    wideMemories.set((int) count(IndexSpace.MEMORY), wide);
    add(IndexSpace.MEMORY);
  }

  void set(IndexSpace space, long count) {
    counts[space.ordinal()] = count;
  }

  void countData(long count) {
    dataCounted = true;
    set(IndexSpace.DATA, count);
  }

  @Override
  public boolean isWide(int memory) {
    return wideMemories.get(memory);
  }

  @Override
  public void index(IndexSpace space, long index, int offset) {
    long count = counts[space.ordinal()];
    if (index < count) {
      return;
    }
    if (space == IndexSpace.DATA && !dataCounted) {
      throw new MalformedWasm(
          offset, "code uses a data segment, but the module has no data count section");
    }
    throw new MalformedWasm(
        offset,
        space
            + " "
            + index
            + " is out of range: "
            + (count == 0 ? "there is none" : "there are " + count));
  }
}
