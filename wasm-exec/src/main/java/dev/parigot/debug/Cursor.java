package dev.parigot.debug;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** A place in little-endian bytes; throws {@link BufferUnderflowException} at their end. */
final class Cursor {
  private final ByteBuffer bytes;

  Cursor(byte[] bytes) {
    this.bytes = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  boolean atEnd() {
    return !bytes.hasRemaining();
  }

  int position() {
    return bytes.position();
  }

  void position(int place) {
    if (place < 0 || place > bytes.limit()) {
      throw new BufferUnderflowException();
    }
    bytes.position(place);
  }

  void skip(long count) {
    if (count < 0 || count > bytes.remaining()) {
      throw new BufferUnderflowException();
    }
    bytes.position(bytes.position() + (int) count);
  }

  int u8() {
    return bytes.get() & 0xff;
  }

  int u16() {
    return bytes.getShort() & 0xffff;
  }

  long u32() {
    return Integer.toUnsignedLong(bytes.getInt());
  }

  /** A number of LEB128, of which the lower 63 bits count. */
  long unsigned() {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      int next = u8();
      value |= shift < 63 ? (long) (next & 0x7f) << shift : 0;
      if (next < 0x80) {
        return value;
      }
    }
  }

  /** Text up to a zero. */
  String text() {
    int from = bytes.position();
    while (bytes.get() != 0) {
      // It ends here or later.
    }
    return text(from, bytes.position() - 1 - from);
  }

  /** Text after its length. */
  String name() {
    int length = (int) Math.min(Integer.MAX_VALUE, unsigned());
    int from = bytes.position();
    skip(length);
    return text(from, length);
  }

  private String text(int from, int length) {
    return new String(bytes.array(), from, length, StandardCharsets.UTF_8);
  }
}
