package dev.parigot.engine;

import dev.parigot.host.GuestMemory;
import dev.parigot.host.GuestStop;
import dev.parigot.host.Packed;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Value;
import org.jspecify.annotations.Nullable;

/** Room for bytes in a guest's memory, by its own allocator. */
final class Room {
  private final GuestMemory memory;
  private final Value alloc;
  private final @Nullable Value free;

  /** {@code exports} are those of a service that has a {@code parigot_alloc}. */
  Room(Exports exports, GuestMemory memory) {
    this.memory = memory;
    this.alloc = exports.get("parigot_alloc");
    this.free = exports.find("parigot_free");
  }

  /** Copies bytes into the guest; 0 if there are none or it has no room. */
  int copyIn(byte[] bytes) {
    if (bytes.length == 0) {
      return 0;
    }
    int pointer = alloc.execute(bytes.length).asInt();
    memory.guestHasRun();
    if (pointer == 0) {
      return 0;
    }
    if (!memory.contains(pointer, bytes.length)) {
      throw new GuestStop.Trap(
          "parigot_alloc gave "
              + bytes.length
              + " bytes at "
              + Integer.toUnsignedString(pointer)
              + ", outside its memory");
    }
    memory.write(pointer, bytes);
    return pointer;
  }

  /** Gives room back; false if the guest trapped over it. */
  boolean free(int pointer, int length) {
    if (free == null || length == 0) {
      return true;
    }
    try {
      free.execute(pointer, length);
      return true;
    } catch (PolyglotException | GuestStop _) {
      return false;
    } finally {
      memory.guestHasRun();
    }
  }

  /** Takes room and gives it back. */
  void warm() {
    free(copyIn(new byte[Long.BYTES]), Long.BYTES);
  }

  /** See {@link dev.parigot.host.Guest#give}. */
  long give(byte[] bytes) {
    int pointer = copyIn(bytes);
    return pointer == 0 && bytes.length > 0 ? Packed.NO_ROOM : Packed.of(pointer, bytes.length);
  }

  /** See {@link dev.parigot.host.Guest#fail}. */
  long fail(int code, String message) {
    byte[] bytes = Packed.errorBytes(code, message);
    int pointer = copyIn(bytes);
    return pointer == 0 ? Packed.NO_ROOM : Packed.error(pointer, bytes.length);
  }
}
