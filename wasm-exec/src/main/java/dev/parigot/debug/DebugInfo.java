package dev.parigot.debug;

import dev.parigot.wasm.CustomSection;
import dev.parigot.wasm.WasmModule;
import java.nio.BufferUnderflowException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the DWARF of a module was made of: one unit for each file that was compiled, as far as it
 * can be read. Of broken information that is what stands ahead of the break.
 *
 * @param producers the languages and compilers that the module says it was made of and with, which
 *     it may without any DWARF
 */
record DebugInfo(List<Unit> units, List<String> producers) {
  /**
   * A file that was compiled.
   *
   * @param version of DWARF; all else is known of version 4 alone
   * @param language by its number in DWARF, or -1
   * @param folder in which it was compiled
   */
  record Unit(int version, int language, @Nullable String name, @Nullable String folder) {}

  private static final int READ = 4;
  private static final long LONG_FORMAT = 0xffff_fff0L;

  private static final int NAME = 0x03;
  private static final int LANGUAGE = 0x13;
  private static final int FOLDER = 0x1b;

  DebugInfo {
    units = List.copyOf(units);
    producers = List.copyOf(producers);
  }

  static DebugInfo of(WasmModule module) {
    Map<String, byte[]> sections = new HashMap<>();
    for (CustomSection section : module.customs()) {
      sections.putIfAbsent(section.name(), section.content().toArray());
    }
    return new DebugInfo(units(sections), producers(sections));
  }

  private static List<Unit> units(Map<String, byte[]> sections) {
    List<Unit> units = new ArrayList<>();
    Cursor info = cursor(sections, ".debug_info");
    try {
      while (!info.atEnd()) {
        long length = info.u32();
        if (length >= LONG_FORMAT) {
          return units;
        }
        int next = info.position() + (int) Math.min(Integer.MAX_VALUE / 2, length);
        units.add(unit(info, sections));
        info.position(next);
      }
    } catch (BufferUnderflowException broken) {
      // A custom section can't make a module invalid.
    }
    return units;
  }

  private static Cursor cursor(Map<String, byte[]> sections, String name) {
    return new Cursor(sections.getOrDefault(name, new byte[0]));
  }

  private static Unit unit(Cursor info, Map<String, byte[]> sections) {
    int version = info.u16();
    if (version != READ) {
      return new Unit(version, -1, null, null);
    }
    Cursor abbreviations = cursor(sections, ".debug_abbrev");
    abbreviations.position((int) info.u32());
    int addressBytes = info.u8();
    find(abbreviations, info.unsigned());
    Map<Integer, Object> values = new HashMap<>();
    while (true) {
      int attribute = (int) abbreviations.unsigned();
      int form = (int) abbreviations.unsigned();
      if (attribute == 0 && form == 0) {
        break;
      }
      values.put(attribute, value(info, form, addressBytes, sections));
    }
    return new Unit(
        version,
        values.get(LANGUAGE) instanceof Long number ? number.intValue() : -1,
        values.get(NAME) instanceof String name ? name : null,
        values.get(FOLDER) instanceof String folder ? folder : null);
  }

  /** Leads to the attributes of the abbreviation with that code. */
  private static void find(Cursor abbreviations, long code) {
    while (abbreviations.unsigned() != code) {
      skipHead(abbreviations);
      long attribute;
      long form;
      do {
        attribute = abbreviations.unsigned();
        form = abbreviations.unsigned();
      } while (attribute != 0 || form != 0);
    }
    skipHead(abbreviations);
  }

  /** The tag, and whether there are children. */
  private static void skipHead(Cursor abbreviations) {
    abbreviations.unsigned();
    abbreviations.u8();
  }

  /** A value, as a number or text where it is one of those. */
  private static Object value(
      Cursor info, int form, int addressBytes, Map<String, byte[]> sections) {
    return switch (form) {
      case 0x0b, 0x0c, 0x11 -> (long) info.u8();
      case 0x05, 0x12 -> (long) info.u16();
      case 0x06, 0x13, 0x17 -> info.u32();
      case 0x0d, 0x0f, 0x15 -> info.unsigned();
      case 0x08 -> info.text();
      case 0x0e -> {
        Cursor texts = cursor(sections, ".debug_str");
        texts.position((int) info.u32());
        yield texts.text();
      }
      case 0x19 -> true;
      case 0x01 -> skipped(info, addressBytes);
      case 0x07, 0x14, 0x20 -> skipped(info, Long.BYTES);
      case 0x0a -> skipped(info, info.u8());
      case 0x03 -> skipped(info, info.u16());
      case 0x04 -> skipped(info, info.u32());
      case 0x09, 0x18 -> skipped(info, info.unsigned());
      default -> throw new BufferUnderflowException();
    };
  }

  private static Object skipped(Cursor info, long bytes) {
    info.skip(bytes);
    return "";
  }

  private static List<String> producers(Map<String, byte[]> sections) {
    List<String> names = new ArrayList<>();
    Cursor section = cursor(sections, "producers");
    try {
      for (long fields = section.unsigned(); fields > 0; fields--) {
        section.name();
        for (long values = section.unsigned(); values > 0; values--) {
          names.add(section.name());
          section.name();
        }
      }
    } catch (BufferUnderflowException absentOrBroken) {
      // Then this is all that is known.
    }
    return names;
  }
}
