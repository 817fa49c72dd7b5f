package dev.parigot.engine;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A module with a few random changes that know its structure: sections and function bodies keep
 * sizes that fit, so that what is wrong is found deep inside. It shares no code with the reader.
 */
final class Mutant {
  private static final int CODE = 10;
  private static final int HEADER = 8;

  /** Of counts, indices and sizes. */
  private static final long[] TELLING = {
    0,
    1,
    2,
    63,
    64,
    127,
    128,
    1_000,
    1_001,
    50_000,
    50_001,
    65_536,
    65_537,
    1 << 20,
    1_000_001,
    Integer.MAX_VALUE,
    1L << 31,
    (1L << 32) - 1,
    1L << 32,
    (1L << 35) - 1
  };

  /** Opcodes, prefixes, types and ends. */
  private static final int[] BYTES = {
    0x00, 0x01, 0x02, 0x03, 0x04, 0x05, 0x0b, 0x0c, 0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x1a, 0x1b, 0x1c,
    0x20, 0x21, 0x22, 0x23, 0x24, 0x25, 0x28, 0x36, 0x3f, 0x40, 0x41, 0x42, 0x60, 0x6a, 0x6f, 0x70,
    0x7b, 0x7c, 0x7d, 0x7e, 0x7f, 0x80, 0xd0, 0xd1, 0xd2, 0xfc, 0xfd, 0xfe, 0xff
  };

  private final List<byte[]> originals;
  private final RandomGenerator random;
  private final List<Section> sections;

  private record Section(int id, byte[] content) {}

  private Mutant(List<byte[]> originals, RandomGenerator random) {
    this.originals = originals;
    this.random = random;
    this.sections = sections(any(originals));
  }

  /** Of one of these valid modules; the same for the same random numbers. */
  static byte[] of(List<byte[]> originals, RandomGenerator random) {
    Mutant mutant = new Mutant(originals, random);
    int changes = random.nextInt(4) == 0 ? 3 : 1;
    for (int i = 0; i < changes; i++) {
      mutant.change();
    }
    return mutant.bytes();
  }

  private void change() {
    int at = random.nextInt(sections.size());
    Section section = sections.get(at);
    switch (random.nextInt(12)) {
      case 0 -> sections.add(random.nextInt(sections.size() + 1), section);
      case 1 -> {
        if (sections.size() > 1) {
          sections.remove(at);
        }
      }
      case 2 -> sections.set(at, other(section.id()));
      case 3, 4, 5 -> sections.set(at, new Section(section.id(), edited(section.content())));
      default -> editCode();
    }
  }

  /** A section of that kind from any module, or of another kind if that has none. */
  private Section other(int id) {
    List<Section> theirs = sections(any(originals));
    return theirs.stream().filter(each -> each.id() == id).findFirst().orElse(any(theirs));
  }

  private void editCode() {
    for (int i = 0; i < sections.size(); i++) {
      if (sections.get(i).id() == CODE) {
        sections.set(i, new Section(CODE, editedCode(sections.get(i).content())));
        return;
      }
    }
  }

  private byte[] editedCode(byte[] content) {
    Cursor in = new Cursor(content, 0);
    List<byte[]> bodies = new ArrayList<>();
    long count = in.number();
    while (in.at < content.length && bodies.size() < count) {
      bodies.add(in.bytes((int) in.number()));
    }
    if (bodies.isEmpty()) {
      return edited(content);
    }
    int at = random.nextInt(bodies.size());
    bodies.set(at, random.nextInt(10) == 0 ? any(bodies) : edited(bodies.get(at)));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    number(out, count);
    for (byte[] body : bodies) {
      number(out, body.length);
      out.writeBytes(body);
    }
    return out.toByteArray();
  }

  private byte[] edited(byte[] bytes) {
    int from = random.nextInt(bytes.length + 1);
    int to = Math.min(bytes.length, from + random.nextInt(5));
    return switch (random.nextInt(6)) {
      case 0 -> spliced(bytes, from, to, new byte[0]);
      case 1 -> spliced(bytes, from, from, randomBytes());
      case 2 -> spliced(bytes, from, Math.min(bytes.length, from + 1), telling());
      case 3 -> spliced(bytes, random.nextInt(from + 1), from, Arrays.copyOfRange(bytes, from, to));
      default -> spliced(bytes, from, Math.min(bytes.length, from + 1), oneByte());
    };
  }

  private byte[] oneByte() {
    return new byte[] {
      (byte) (random.nextBoolean() ? BYTES[random.nextInt(BYTES.length)] : random.nextInt(256))
    };
  }

  private byte[] randomBytes() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int left = 1 + random.nextInt(4); left > 0; left--) {
      out.writeBytes(oneByte());
    }
    return out.toByteArray();
  }

  private byte[] telling() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    number(out, TELLING[random.nextInt(TELLING.length)]);
    return out.toByteArray();
  }

  private static byte[] spliced(byte[] bytes, int from, int to, byte[] instead) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(bytes, 0, from);
    out.writeBytes(instead);
    out.write(bytes, to, bytes.length - to);
    return out.toByteArray();
  }

  private <T> T any(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  private static List<Section> sections(byte[] file) {
    Cursor in = new Cursor(file, HEADER);
    List<Section> sections = new ArrayList<>();
    while (in.at < file.length) {
      int id = file[in.at++];
      sections.add(new Section(id, in.bytes((int) in.number())));
    }
    return sections;
  }

  private byte[] bytes() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0});
    for (Section each : sections) {
      out.write(each.id());
      number(out, each.content().length);
      out.writeBytes(each.content());
    }
    return out.toByteArray();
  }

  private static void number(ByteArrayOutputStream out, long value) {
    long rest = value;
    while (rest >= 0x80) {
      out.write((int) (rest & 0x7f | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }

  /** A place in bytes that were valid, and may be so no longer. */
  private static final class Cursor {
    private final byte[] bytes;
    private int at;

    Cursor(byte[] bytes, int at) {
      this.bytes = bytes;
      this.at = at;
    }

    long number() {
      long value = 0;
      for (int shift = 0; at < bytes.length && shift < 35; shift += 7) {
        int next = bytes[at++];
        value |= (long) (next & 0x7f) << shift;
        if (next >= 0) {
          break;
        }
      }
      return value;
    }

    byte[] bytes(int length) {
      int to = (int) Math.min(bytes.length, at + Integer.toUnsignedLong(length));
      byte[] part = Arrays.copyOfRange(bytes, at, to);
      at = to;
      return part;
    }
  }
}
