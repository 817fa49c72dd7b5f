package dev.parigot.wasm;

import java.io.ByteArrayOutputStream;

/** Writes numbers as the binary format has them, seven bits a byte, in their shortest form. */
final class Leb128 {
  private Leb128() {}

  static void unsigned(ByteArrayOutputStream out, long value) {
    long rest = value;
    while (rest >>> 7 != 0) {
      out.write((int) (rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    out.write((int) rest);
  }

  static void signed(ByteArrayOutputStream out, long value) {
    long rest = value;
    while (rest < -0x40 || rest >= 0x40) {
      out.write((int) (rest & 0x7f) | 0x80);
      rest >>= 7;
    }
    out.write((int) (rest & 0x7f));
  }
}
