package dev.parigot.engine;

import dev.parigot.host.GuestMemory;
import java.util.Arrays;
import java.util.List;

/**
 * What the memories of a module's instances hold when they begin.
 *
 * @param started whether that is after what runs ahead of the first call, which then is the same
 *     each time, as it reaches nothing outside
 */
record Beginning(List<Content> memories, boolean started) {
  /** What a memory of that size holds, without the zeros at its end. */
  record Content(byte[] bytes, long size) {
    static Content of(GuestMemory memory) {
      byte[] all = memory.read(0, (int) memory.size());
      int end = all.length;
      while (end > 0 && all[end - 1] == 0) {
        end--;
      }
      return new Content(Arrays.copyOf(all, end), all.length);
    }

    /** Answers false if the memory has grown, which nothing undoes. */
    boolean restore(GuestMemory memory) {
      memory.guestHasRun();
      if (memory.size() != size) {
        return false;
      }
      memory.write(0, bytes);
      memory.clear(bytes.length);
      return true;
    }
  }

  static Beginning of(List<GuestMemory> memories, boolean started) {
    return new Beginning(memories.stream().map(Content::of).toList(), started);
  }
}
