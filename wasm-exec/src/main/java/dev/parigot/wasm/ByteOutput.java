package dev.parigot.wasm;

import java.util.Arrays;

/** Bytes that are written one after the other. Numbers take their shortest form. */
class ByteOutput {
  private byte[] array;
  private int size;

  ByteOutput() {
    this(64);
  }

  ByteOutput(int capacity) {
    array = new byte[capacity];
  }

  int size() {
    return size;
  }

  final void write(int value) {
    if (size == array.length) {
      room(1);
    }
    array[size++] = (byte) value;
  }

  final void write(byte[] bytes, int from, int length) {
    room(length);
    System.arraycopy(bytes, from, array, size, length);
    size += length;
  }

  final void write(ByteOutput other) {
    write(other.array, 0, other.size);
  }

  final void write(Bytes bytes) {
    write(bytes.array(), bytes.from(), bytes.length());
  }

  /** As the binary format has numbers, seven bits a byte. */
  final void unsigned(long value) {
    long rest = value;
    while (rest >>> 7 != 0) {
      write((int) (rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    write((int) rest);
  }

  final void signed(long value) {
    long rest = value;
    while (rest < -0x40 || rest >= 0x40) {
      write((int) (rest & 0x7f) | 0x80);
      rest >>= 7;
    }
    write((int) (rest & 0x7f));
  }

  /** A copy. */
  byte[] toByteArray() {
    return Arrays.copyOf(array, size);
  }

  /** What was written, without a copy: nothing may be written afterwards. */
  Bytes bytes() {
    return Bytes.slice(array, 0, size);
  }

  private void room(int more) {
    if (more > array.length - size) {
      array = Arrays.copyOf(array, Math.max(Math.addExact(size, more), 2 * size));
    }
  }
}
