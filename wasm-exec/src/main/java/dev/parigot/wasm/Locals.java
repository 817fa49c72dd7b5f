package dev.parigot.wasm;

import java.util.Arrays;

/** The local variables that one function declares, in runs of one type as the binary has them. */
final class Locals {
  /** How many locals there are up to the end of each run; no run is empty. */
  private int[] ends = new int[16];

  private byte[] types = new byte[16];
  private int runs;

  /** Reads those of the next function in place of what was read before. */
  void read(Input in, InstructionWalker.Types types) {
    runs = 0;
    int declared = in.count("runs of locals", Integer.MAX_VALUE, 2);
    for (int i = 0; i < declared; i++) {
      int at = in.offset();
      long end = count() + in.u32();
      add(at, end, (byte) types.valueType(in).ordinal());
    }
  }

  private void add(int at, long end, byte type) {
    if (end > ModuleLimits.LOCALS) {
      throw new MalformedWasm(
          at, end + " locals are more than the limit of " + ModuleLimits.LOCALS);
    }
    if (end == count()) {
      return;
    }
    if (runs == ends.length) {
      ends = Arrays.copyOf(ends, 2 * runs);
      types = Arrays.copyOf(types, 2 * runs);
    }
    ends[runs] = (int) end;
    types[runs++] = type;
  }

  int count() {
    return runs == 0 ? 0 : ends[runs - 1];
  }

  /** The type of one, by its ordinal; parameters don't count. */
  byte type(int local) {
    int run = Arrays.binarySearch(ends, 0, runs, local + 1);
    return types[run < 0 ? -run - 1 : run];
  }
}
