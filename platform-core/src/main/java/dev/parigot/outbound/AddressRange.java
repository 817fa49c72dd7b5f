package dev.parigot.outbound;

import java.net.InetAddress;

/** The addresses that begin with certain bits, such as {@code 10.0.0.0/8} or {@code fc00::/7}. */
final class AddressRange {
  private final byte[] begin;
  private final int bits;

  private AddressRange(byte[] begin, int bits) {
    this.begin = begin;
    this.bits = bits;
  }

  /** Of a range as above, or of a single address; else an {@link IllegalArgumentException}. */
  static AddressRange of(String text) {
    int slash = text.indexOf('/');
    byte[] begin = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash)).getAddress();
    int most = begin.length * Byte.SIZE;
    int bits = slash < 0 ? most : Integer.parseInt(text.substring(slash + 1));
    if (bits < 0 || bits > most) {
      throw new IllegalArgumentException(text + " is no range: it has " + most + " bits at most");
    }
    return new AddressRange(begin, bits);
  }

  boolean contains(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (bytes.length != begin.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit += Byte.SIZE) {
      int mask = 0xff00 >> Math.min(Byte.SIZE, bits - bit);
      if (((bytes[bit / Byte.SIZE] ^ begin[bit / Byte.SIZE]) & mask & 0xff) != 0) {
        return false;
      }
    }
    return true;
  }
}
