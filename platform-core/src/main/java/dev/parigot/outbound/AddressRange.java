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
    String[] parts = text.split("/", -1);
    try {
      byte[] begin = InetAddress.ofLiteral(parts[0]).getAddress();
      int most = begin.length * Byte.SIZE;
      int bits = parts.length == 1 ? most : Integer.parseInt(parts[1]);
      if (parts.length <= 2 && bits >= 0 && bits <= most) {
        return new AddressRange(begin, bits);
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(told(text), e);
    }
    throw new IllegalArgumentException(told(text));
  }

  private static String told(String text) {
    return text + " is no host, address or range of addresses such as 10.1.0.0/16";
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
