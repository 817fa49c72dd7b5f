package dev.parigot.keyvalue;

import dev.parigot.situation.Refused;
import java.util.function.LongSupplier;

/**
 * The room that one app's entries may take, keys and values together. What they take is counted
 * once and then kept up with each change. Writers of one key at the same time may leave it wrong by
 * what they wrote; so before anybody is refused it is counted again, if enough was written since
 * for that to matter.
 */
final class Room {
  /** A share of the room: counting may read every entry. */
  private static final int COUNTED_AFTER_SHARE = 16;

  private final long most;
  private final LongSupplier count;
  private long taken = -1;
  private long writtenSinceCounted;

  /** {@code count} answers what the entries take now. */
  Room(long most, LongSupplier count) {
    this.most = most;
    this.count = count;
  }

  /** Takes so many bytes, none or fewer than none; {@link Refused} with 507 if there are not. */
  synchronized void take(long bytes) {
    if (taken < 0) {
      count();
    }
    if (bytes > 0 && taken + bytes > most && writtenSinceCounted >= most / COUNTED_AFTER_SHARE) {
      count();
    }
    if (bytes > 0 && taken + bytes > most) {
      throw new Refused(
          507, "the app's store is full: it takes " + most + " bytes of keys and values");
    }
    taken += bytes;
    writtenSinceCounted += Math.abs(bytes);
  }

  private void count() {
    taken = count.getAsLong();
    writtenSinceCounted = 0;
  }
}
