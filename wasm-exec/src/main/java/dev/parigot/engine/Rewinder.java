package dev.parigot.engine;

import dev.parigot.host.GuestMemory;
import dev.parigot.wasm.Rewind;
import java.util.List;
import java.util.stream.IntStream;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Value;

/** Brings one instance of a repeatable {@link Code} back to its beginning. */
final class Rewinder {
  private final Code code;
  private final Value note;
  private final Value restore;
  private final List<GuestMemory> memories;
  private Beginning beginning;

  /** Of an instance in which no code has run. */
  Rewinder(Code code, Context context, Value exports) {
    this.code = code;
    this.note = exports.getMember(Rewind.NOTE);
    this.restore = exports.getMember(Rewind.RESTORE);
    this.memories =
        IntStream.range(0, code.memories())
            .mapToObj(index -> new GuestMemory(context, exports.getMember(Rewind.memory(index))))
            .toList();
    this.beginning = note(false);
  }

  private Beginning note(boolean started) {
    note.executeVoid();
    return code.beginning(started, () -> Beginning.of(memories, started));
  }

  /**
   * What runs ahead of the first call has run.
   *
   * @param alone whether it has reached nothing outside
   */
  void started(boolean alone) {
    memories.forEach(GuestMemory::guestHasRun);
    if (alone) {
      beginning = note(true);
    }
  }

  /** Whether what runs ahead of the first call has to run again after {@link #restore}. */
  boolean startsAgain() {
    return !beginning.started();
  }

  /** Answers false if that can't be done. */
  boolean restore() {
    List<Beginning.Content> contents = beginning.memories();
    for (int i = 0; i < contents.size(); i++) {
      if (!contents.get(i).restore(memories.get(i))) {
        return false;
      }
    }
    restore.executeVoid();
    return true;
  }
}
