package dev.parigot.host;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Value;
import org.jspecify.annotations.Nullable;

/**
 * The linear memory of an instance. Pointers and lengths are unsigned; one outside the memory is a
 * {@link GuestStop.Trap}. Belongs to the thread that is in the instance.
 *
 * <p>GraalWasm's own way in copies eight bytes at a time. Its {@code WebAssembly} binding gives the
 * array behind the memory as a buffer, 50 times faster for a megabyte; {@code memory.grow} leaves
 * that buffer behind, so once the guest has run it is fetched anew if the memory has grown.
 */
public final class GuestMemory {
  /** The longest name of a key, a configuration or a queue. */
  static final int NAME_BYTES = 512;

  private static final byte[] ZEROS = new byte[1 << 14];

  private final Value memory;
  private final @Nullable Value asByteBuffer;
  private @Nullable ByteBuffer buffer;
  private boolean mayHaveGrown;
  private volatile long lastSize;

  /** {@code memory} is the one that the instance exports, and {@code context} its context. */
  public GuestMemory(Context context, Value memory) {
    this.memory = memory;
    Value binding = context.getPolyglotBindings().getMember("WebAssembly");
    this.asByteBuffer = binding == null ? null : binding.getMember("mem_as_byte_buffer");
  }

  /** A memory that is only reached the slow way. */
  GuestMemory(Value memory) {
    this.memory = memory;
    this.asByteBuffer = null;
  }

  /** To be called when the guest has run: it may have grown the memory. */
  public void guestHasRun() {
    mayHaveGrown = true;
  }

  /** In bytes. */
  public long size() {
    ByteBuffer direct = direct();
    lastSize = direct == null ? memory.getBufferSize() : direct.capacity();
    return lastSize;
  }

  /** The size when it was last asked for; any thread may ask for this one. */
  public long lastSize() {
    return lastSize;
  }

  public boolean contains(int pointer, int length) {
    return Integer.toUnsignedLong(pointer) + Integer.toUnsignedLong(length) <= size();
  }

  public byte[] read(int pointer, int length) {
    check(pointer, length);
    byte[] bytes = new byte[length];
    ByteBuffer direct = direct();
    if (direct != null) {
      direct.get(pointer, bytes);
    } else if (length > 0) {
      memory.readBuffer(pointer, bytes, 0, length);
    }
    return bytes;
  }

  /** Malformed UTF-8 is replaced. */
  public String readText(int pointer, int length) {
    return new String(read(pointer, length), StandardCharsets.UTF_8);
  }

  /** A name, in UTF-8. What is longer than any name may be is read just so far that it is none. */
  public byte[] readName(int pointer, int length) {
    check(pointer, length);
    return read(pointer, Integer.compareUnsigned(length, NAME_BYTES) > 0 ? NAME_BYTES + 1 : length);
  }

  public void write(int pointer, byte[] bytes) {
    check(pointer, bytes.length);
    ByteBuffer direct = direct();
    if (direct != null) {
      direct.put(pointer, bytes);
    } else {
      writeSlowly(pointer, bytes);
    }
  }

  /** Makes all bytes from there on zero. */
  public void clear(int pointer) {
    long size = size();
    for (long at = pointer; at < size; at += ZEROS.length) {
      int count = (int) Math.min(ZEROS.length, size - at);
      write((int) at, count == ZEROS.length ? ZEROS : new byte[count]);
    }
  }

  public byte readByte(int pointer) {
    return read(pointer, 1)[0];
  }

  public int readInt(int pointer) {
    return littleEndian(read(pointer, 4)).getInt();
  }

  public long readLong(int pointer) {
    return littleEndian(read(pointer, 8)).getLong();
  }

  public void writeInt(int pointer, int value) {
    write(pointer, littleEndian(new byte[4]).putInt(value).array());
  }

  public void writeLong(int pointer, long value) {
    write(pointer, littleEndian(new byte[8]).putLong(value).array());
  }

  /** Traps unless the range is in the memory. */
  void check(int pointer, int length) {
    if (!contains(pointer, length)) {
      throw new GuestStop.Trap(
          Integer.toUnsignedString(length)
              + " bytes at "
              + Integer.toUnsignedString(pointer)
              + " are outside the memory of "
              + size()
              + " bytes");
    }
  }

  private void writeSlowly(int pointer, byte[] bytes) {
    ByteBuffer source = littleEndian(bytes);
    int whole = bytes.length & ~7;
    for (int i = 0; i < whole; i += 8) {
      memory.writeBufferLong(ByteOrder.LITTLE_ENDIAN, pointer + i, source.getLong(i));
    }
    for (int i = whole; i < bytes.length; i++) {
      memory.writeBufferByte(pointer + i, bytes[i]);
    }
  }

  private @Nullable ByteBuffer direct() {
    if (mayHaveGrown) {
      mayHaveGrown = false;
      if (buffer != null && buffer.capacity() != memory.getBufferSize()) {
        buffer = null;
      }
    }
    if (buffer == null && asByteBuffer != null) {
      Value host = asByteBuffer.execute(memory);
      buffer = host.isHostObject() ? host.<ByteBuffer>asHostObject() : null;
    }
    return buffer;
  }

  private static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
