package dev.parigot.source;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What of a module's file tells of its source. The file is a valid module.
 *
 * @param code where the contents of the code section begin: addresses of DWARF count from there
 * @param functions where the functions in it begin
 * @param customs the contents of custom sections by name
 */
record Sections(int code, List<Long> functions, Map<String, ByteBuffer> customs) {
  private static final int HEADER = 8;
  private static final int CUSTOM = 0;
  private static final int CODE = 10;

  static Sections of(byte[] file) {
    ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).position(HEADER);
    int code = 0;
    List<Long> functions = new ArrayList<>();
    Map<String, ByteBuffer> customs = new HashMap<>();
    while (in.hasRemaining()) {
      int id = in.get();
      int length = (int) unsigned(in);
      int end = in.position() + length;
      if (id == CODE) {
        code = in.position();
        for (long count = unsigned(in); count > 0; count--) {
          int size = (int) unsigned(in);
          functions.add((long) in.position());
          in.position(in.position() + size);
        }
      } else if (id == CUSTOM) {
        byte[] name = new byte[(int) unsigned(in)];
        in.get(name);
        customs.put(
            new String(name, StandardCharsets.UTF_8),
            in.slice(in.position(), end - in.position()).order(ByteOrder.LITTLE_ENDIAN));
      }
      in.position(end);
    }
    return new Sections(code, functions, customs);
  }

  /** An unsigned LEB128. */
  static long unsigned(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = in.get();
      value |= (next & 0x7fL) << shift;
      if (next >= 0) {
        return value;
      }
    }
  }

  /** A signed LEB128. */
  static long signed(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; ; ) {
      byte next = in.get();
      value |= (next & 0x7fL) << shift;
      shift += 7;
      if (next >= 0) {
        return shift < 64 && (next & 0x40) != 0 ? value | -1L << shift : value;
      }
    }
  }
}
