package dev.parigot.source;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads the line tables of DWARF 4 and 5 (section 6.2 of either standard), in its 32-bit format,
 * which is what compilers write for WASM.
 */
final class DwarfLines {
  private static final int DW_LNS_COPY = 1;
  private static final int DW_LNS_ADVANCE_PC = 2;
  private static final int DW_LNS_ADVANCE_LINE = 3;
  private static final int DW_LNS_SET_FILE = 4;
  private static final int DW_LNS_SET_COLUMN = 5;
  private static final int DW_LNS_CONST_ADD_PC = 8;
  private static final int DW_LNS_FIXED_ADVANCE_PC = 9;
  private static final int DW_LNE_END_SEQUENCE = 1;
  private static final int DW_LNE_SET_ADDRESS = 2;

  private static final int DW_FORM_DATA2 = 0x05;
  private static final int DW_FORM_BLOCK = 0x09;
  private static final int DW_FORM_DATA1 = 0x0b;
  private static final int DW_FORM_STRING = 0x08;
  private static final int DW_FORM_STRP = 0x0e;
  private static final int DW_FORM_UDATA = 0x0f;
  private static final int DW_FORM_DATA16 = 0x1e;
  private static final int DW_FORM_LINE_STRP = 0x1f;
  private static final int DW_LNCT_PATH = 1;
  private static final int DW_LNCT_DIRECTORY = 2;

  private static final int LAST_OPCODE = 255;

  private final Sections sections;
  private final NavigableMap<Long, Optional<SourceLine>> lines = new TreeMap<>();

  private DwarfLines(Sections sections) {
    this.sections = sections;
  }

  /** Lines by the offset in the file from which on they hold; empty if there are none. */
  static Optional<NavigableMap<Long, Optional<SourceLine>>> read(byte[] file) {
    Sections sections = Sections.of(file);
    ByteBuffer section = sections.customs().get(".debug_line");
    if (section == null) {
      return Optional.empty();
    }
    DwarfLines reader = new DwarfLines(sections);
    try {
      while (section.remaining() > Integer.BYTES) {
        int length = section.getInt();
        ByteBuffer unit = section.slice(section.position(), length).order(ByteOrder.LITTLE_ENDIAN);
        reader.unit(unit);
        section.position(section.position() + length);
      }
    } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException e) {
      // What stands ahead of the break is as good as it was: it only tells people where to look.
    }
    return reader.lines.isEmpty() ? Optional.empty() : Optional.of(reader.lines);
  }

  /** One line program, its header first. */
  private void unit(ByteBuffer in) {
    int version = in.getShort();
    if (version < 2 || version > 5) {
      return;
    }
    if (version == 5) {
      in.getShort(); // the sizes of addresses and of segment selectors
    }
    int headerLength = in.getInt();
    int program = in.position() + headerLength;
    int minimumLength = in.get() & 0xff;
    if (version >= 4) {
      in.get(); // operations in an instruction: 1 but for VLIW machines
    }
    in.get(); // whether rows begin statements at first
    int lineBase = in.get();
    int lineRange = in.get() & 0xff;
    int opcodeBase = in.get() & 0xff;
    int[] operands = new int[opcodeBase];
    for (int i = 1; i < opcodeBase; i++) {
      operands[i] = in.get();
    }
    List<String> files = version == 5 ? filesOf5(in) : filesOf4(in);
    in.position(program);
    new Rows(in, minimumLength, lineBase, lineRange, opcodeBase, operands, files).run();
  }

  /** File numbers begin at 1; the first place is nobody's. */
  private static List<String> filesOf4(ByteBuffer in) {
    List<String> folders = new ArrayList<>(List.of(""));
    for (String folder = text(in); !folder.isEmpty(); folder = text(in)) {
      folders.add(folder);
    }
    List<String> files = new ArrayList<>(List.of(""));
    for (String file = text(in); !file.isEmpty(); file = text(in)) {
      files.add(path(folders, (int) Sections.unsigned(in), file));
      Sections.unsigned(in); // time
      Sections.unsigned(in); // length
    }
    return files;
  }

  private List<String> filesOf5(ByteBuffer in) {
    List<String> folders = new ArrayList<>();
    entries(in).forEach(entry -> folders.add(entry.path));
    if (!folders.isEmpty()) {
      // That of the compilation: names are told from there, as version 4 tells them.
      folders.set(0, "");
    }
    List<String> files = new ArrayList<>();
    entries(in).forEach(entry -> files.add(path(folders, entry.folder, entry.path)));
    return files;
  }

  private static String path(List<String> folders, int folder, String file) {
    String parent = folder < folders.size() ? folders.get(folder) : "";
    return parent.isEmpty() || file.startsWith("/") ? file : parent + "/" + file;
  }

  private record Entry(String path, int folder) {}

  private List<Entry> entries(ByteBuffer in) {
    int columns = in.get() & 0xff;
    int[] kinds = new int[columns];
    int[] forms = new int[columns];
    for (int i = 0; i < columns; i++) {
      kinds[i] = (int) Sections.unsigned(in);
      forms[i] = (int) Sections.unsigned(in);
    }
    long count = Sections.unsigned(in);
    List<Entry> entries = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      String path = "";
      int folder = 0;
      for (int column = 0; column < columns; column++) {
        Object value = value(in, forms[column]);
        if (kinds[column] == DW_LNCT_PATH && value instanceof String name) {
          path = name;
        } else if (kinds[column] == DW_LNCT_DIRECTORY && value instanceof Long number) {
          folder = number.intValue();
        }
      }
      entries.add(new Entry(path, folder));
    }
    return entries;
  }

  /** A string, a number, or nothing of interest. */
  private Object value(ByteBuffer in, int form) {
    return switch (form) {
      case DW_FORM_STRING -> text(in);
      case DW_FORM_LINE_STRP -> textAt(".debug_line_str", in.getInt());
      case DW_FORM_STRP -> textAt(".debug_str", in.getInt());
      case DW_FORM_UDATA -> Sections.unsigned(in);
      case DW_FORM_DATA1 -> (long) (in.get() & 0xff);
      case DW_FORM_DATA2 -> (long) (in.getShort() & 0xffff);
      case DW_FORM_DATA16 -> in.position(in.position() + 16);
      case DW_FORM_BLOCK -> in.position(in.position() + (int) Sections.unsigned(in));
      default -> throw new IllegalArgumentException("a form of no line table: " + form);
    };
  }

  private String textAt(String section, int offset) {
    ByteBuffer texts = sections.customs().get(section);
    if (texts == null) {
      return "";
    }
    return text(texts.duplicate().position(offset));
  }

  /** Up to a zero. */
  private static String text(ByteBuffer in) {
    int start = in.position();
    while (in.get() != 0) {
      // It goes on.
    }
    byte[] bytes = new byte[in.position() - start - 1];
    in.get(start, bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** The state machine that a line program runs on. */
  private final class Rows {
    private final ByteBuffer in;
    private final int minimumLength;
    private final int lineBase;
    private final int lineRange;
    private final int opcodeBase;
    private final int[] operands;
    private final List<String> files;
    private long address;
    private int file = 1;
    private int line = 1;
    private boolean dead;
    private NavigableMap<Long, Optional<SourceLine>> sequence = new TreeMap<>();

    Rows(
        ByteBuffer in,
        int minimumLength,
        int lineBase,
        int lineRange,
        int opcodeBase,
        int[] operands,
        List<String> files) {
      this.in = in;
      this.minimumLength = minimumLength;
      this.lineBase = lineBase;
      this.lineRange = lineRange;
      this.opcodeBase = opcodeBase;
      this.operands = operands;
      this.files = files;
    }

    void run() {
      while (in.hasRemaining()) {
        int opcode = in.get() & 0xff;
        if (opcode >= opcodeBase) {
          special(opcode);
        } else if (opcode == 0) {
          extended();
        } else {
          standard(opcode);
        }
      }
    }

    private void special(int opcode) {
      int adjusted = opcode - opcodeBase;
      address += (long) (adjusted / lineRange) * minimumLength;
      line += lineBase + adjusted % lineRange;
      row();
    }

    private void standard(int opcode) {
      switch (opcode) {
        case DW_LNS_COPY -> row();
        case DW_LNS_ADVANCE_PC -> address += Sections.unsigned(in) * minimumLength;
        case DW_LNS_ADVANCE_LINE -> line += (int) Sections.signed(in);
        case DW_LNS_SET_FILE -> file = (int) Sections.unsigned(in);
        case DW_LNS_SET_COLUMN -> Sections.unsigned(in);
        case DW_LNS_CONST_ADD_PC ->
            address += (long) ((LAST_OPCODE - opcodeBase) / lineRange) * minimumLength;
        case DW_LNS_FIXED_ADVANCE_PC -> address += in.getShort() & 0xffff;
        default -> {
          for (int i = 0; i < operands[opcode]; i++) {
            Sections.unsigned(in);
          }
        }
      }
    }

    private void extended() {
      int length = (int) Sections.unsigned(in);
      int end = in.position() + length;
      int opcode = in.get();
      if (opcode == DW_LNE_END_SEQUENCE) {
        end();
      } else if (opcode == DW_LNE_SET_ADDRESS) {
        address = length == 1 + Long.BYTES ? in.getLong() : in.getInt() & 0xffffffffL;
        // The linker has thrown a function away: its address is 0, or one from the end.
        dead = address == 0 || address >= 0xfffffffeL;
      }
      in.position(end);
    }

    private void row() {
      sequence.put(sections.code() + address, source());
    }

    private Optional<SourceLine> source() {
      return line > 0 && file < files.size()
          ? Optional.of(new SourceLine(files.get(file), line))
          : Optional.empty();
    }

    private void end() {
      if (!dead) {
        lines.putAll(sequence);
        lines.putIfAbsent(sections.code() + address, Optional.empty());
      }
      sequence = new TreeMap<>();
      address = 0;
      file = 1;
      line = 1;
      dead = false;
    }
  }
}
