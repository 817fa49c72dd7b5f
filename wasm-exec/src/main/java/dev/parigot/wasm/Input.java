package dev.parigot.wasm;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * A place in a file that moves forward as values are read, up to the end of the region that is
 * being read.
 */
final class Input {
  private static final int LONGEST_NAME = 100_000;

  private final byte[] file;
  private final int origin;
  private String region;
  private int end;
  private int position;

  Input(byte[] file) {
    this(file, 0, file.length, 0, "file");
  }

  /** Bytes whose first one stood at {@code offset} in their file. */
  Input(Bytes bytes, Offset offset, String region) {
    this(
        bytes.array(),
        bytes.from(),
        bytes.from() + bytes.length(),
        (int) Math.max(0, offset.value()) - bytes.from(),
        region);
  }

  private Input(byte[] file, int from, int end, int origin, String region) {
    this.file = file;
    this.position = from;
    this.end = end;
    this.origin = origin;
    this.region = region;
  }

  /** Where the next byte stands in the file. */
  int offset() {
    return position + origin;
  }

  int remaining() {
    return end - position;
  }

  boolean atEnd() {
    return position == end;
  }

  /** Makes the next {@code length} bytes all there is, and answers what to {@link #leave} with. */
  int enter(int length, String name) {
    need(length);
    int outer = end;
    end = position + length;
    region = name;
    return outer;
  }

  /** Ends what {@link #enter} began; all of it must have been read. */
  void leave(int outer, String name) {
    if (position != end) {
      throw wrong("the " + region + " has " + remaining() + " bytes more than its content");
    }
    end = outer;
    region = name;
  }

  int u8() {
    need(1);
    return file[position++] & 0xff;
  }

  int peek() {
    need(1);
    return file[position] & 0xff;
  }

  /** An unsigned number of 32 bits. */
  long u32() {
    if (position < end && file[position] >= 0) {
      return file[position++];
    }
    return unsigned(32);
  }

  /** An unsigned number of 64 bits. */
  long u64() {
    return unsigned(64);
  }

  private long unsigned(int bits) {
    int at = offset();
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      int next = u8();
      int room = bits - shift;
      if (room < 7 && (next & 0x7f) >>> room != 0) {
        throw new MalformedWasm(at, "a number has more than " + bits + " bits");
      }
      value |= (long) (next & 0x7f) << shift;
      if (next < 0x80) {
        return value;
      }
      if (room <= 7) {
        throw new MalformedWasm(at, "a number of " + bits + " bits takes too many bytes");
      }
    }
  }

  /** A signed number of at most {@code bits} bits. */
  long signed(int bits) {
    int at = offset();
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      int next = u8();
      int room = bits - shift;
      if (room < 7) {
        // Bits above the number's own must repeat its sign.
        int extra = (byte) (next << 1) >> room;
        if (extra != 0 && extra != -1) {
          throw new MalformedWasm(at, "a number has more than " + bits + " bits");
        }
      }
      value |= (long) (next & 0x7f) << shift;
      if (next < 0x80) {
        int unused = Math.max(0, 64 - shift - 7);
        return value << unused >> unused;
      }
      if (room <= 7) {
        throw new MalformedWasm(at, "a number of " + bits + " bits takes too many bytes");
      }
    }
  }

  /** The number of things that follow, each of at least {@code size} bytes. */
  int count(String things, int most, int size) {
    int at = offset();
    long count = u32();
    if (count > most) {
      throw new MalformedWasm(at, count + " " + things + " are more than the limit of " + most);
    }
    if (count * size > remaining()) {
      throw new MalformedWasm(
          at, count + " " + things + " don't fit into the rest of the " + region);
    }
    return (int) count;
  }

  /** The length of something that must fit into what remains. */
  int length(String thing) {
    int at = offset();
    long length = u32();
    if (length > remaining()) {
      throw new MalformedWasm(
          at,
          "the "
              + thing
              + " should have "
              + length
              + " bytes, but the "
              + region
              + " ends after "
              + remaining());
    }
    return (int) length;
  }

  String name() {
    int at = offset();
    int length = length("name");
    if (length > LONGEST_NAME) {
      throw new MalformedWasm(
          at, "a name of " + length + " bytes is longer than the limit of " + LONGEST_NAME);
    }
    try {
      String name =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(file, position, length))
              .toString();
      position += length;
      return name;
    } catch (CharacterCodingException e) {
      throw new MalformedWasm(at, "a name isn't valid UTF-8");
    }
  }

  Bytes bytes(int length) {
    need(length);
    Bytes bytes = Bytes.slice(file, position, length);
    position += length;
    return bytes;
  }

  /** The bytes that were read since the place {@code from}, an {@link #offset}. */
  Bytes since(int from) {
    return Bytes.slice(file, from - origin, offset() - from);
  }

  void skip(int length) {
    need(length);
    position += length;
  }

  private void need(int length) {
    if (length > remaining()) {
      throw wrong("unexpected end of the " + region);
    }
  }

  private MalformedWasm wrong(String reason) {
    return new MalformedWasm(offset(), reason);
  }
}
