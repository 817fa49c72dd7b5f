package dev.parigot.wasm;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One instruction of the binary format, from the table in {@code instructions.txt}. */
final class Instruction {
  private static final int PREFIXES_FROM = 0xfb;
  private static final int SUB_OPCODES = 0x200;
  private static final @Nullable Instruction[] PLAIN = new Instruction[0x100];
  private static final @Nullable Instruction[][] PREFIXED = new Instruction[5][];
  private static final Map<String, Bytes> OPCODES = new HashMap<>();

  /** An operand or result as the local that the instruction names. */
  static final byte LOCAL = -2;

  /** An operand or result as the global that the instruction names. */
  static final byte GLOBAL = -3;

  /** An operand or result as the elements of the table that the instruction names. */
  static final byte ELEMENT = -4;

  /** An operand or result as the addresses of the memory that the instruction names. */
  static final byte ADDRESS = -5;

  private static final byte[] NOTHING = {};

  /** How the types of an instruction are found: alone from the table, or how else. */
  enum Form {
    TABLED,
    UNREACHABLE,
    BLOCK,
    LOOP,
    IF,
    ELSE,
    END,
    BR,
    BR_IF,
    BR_TABLE,
    RETURN,
    CALL,
    CALL_INDIRECT,
    DROP,
    SELECT,
    GLOBAL_GET,
    GLOBAL_SET,
    TABLE_INIT,
    TABLE_COPY,
    MEMORY_COPY,
    REF_NULL,
    REF_IS_NULL,
    REF_FUNC
  }

  private final String name;
  private final Form form;
  private final Immediate[] immediates;
  private final int[] bounds;
  private final byte[] operands;
  private final byte[] results;
  private final boolean constant;
  private final @Nullable String lackingProposal;

  static {
    load();
  }

  /** One that the engine lacks. */
  private Instruction(String name, String lackingProposal) {
    this(name, List.of(), NOTHING, NOTHING, false, lackingProposal);
  }

  private Instruction(
      String name, List<String> immediates, byte[] operands, byte[] results, boolean constant) {
    this(name, immediates, operands, results, constant, null);
  }

  private Instruction(
      String name,
      List<String> immediates,
      byte[] operands,
      byte[] results,
      boolean constant,
      @Nullable String lackingProposal) {
    this.name = name;
    this.form = form(name);
    this.immediates = new Immediate[immediates.size()];
    this.bounds = new int[immediates.size()];
    for (int i = 0; i < bounds.length; i++) {
      String[] parts = immediates.get(i).split("/");
      this.immediates[i] = Immediate.valueOf(parts[0].toUpperCase(Locale.ROOT));
      this.bounds[i] = parts.length > 1 ? Integer.parseInt(parts[1]) : 0;
    }
    this.operands = operands;
    this.results = results;
    this.constant = constant;
    this.lackingProposal = lackingProposal;
  }

  private static Form form(String name) {
    String constant = name.toUpperCase(Locale.ROOT).replace('.', '_');
    return Arrays.stream(Form.values())
        .filter(each -> each.name().equals(constant))
        .findFirst()
        .orElse(Form.TABLED);
  }

  /** Reads an opcode. */
  static Instruction read(Input in) {
    int at = in.offset();
    int opcode = in.u8();
    if (opcode >= PREFIXES_FROM) {
      return prefixed(in, at, opcode);
    }
    Instruction instruction = PLAIN[opcode];
    if (instruction == null) {
      throw new MalformedWasm(at, String.format(Locale.ROOT, "unknown instruction 0x%02x", opcode));
    }
    return instruction;
  }

  private static Instruction prefixed(Input in, int at, int prefix) {
    if (prefix == 0xfb) {
      throw Proposals.lacking(at, "an instruction", "garbage collection");
    }
    long sub = in.u32();
    Instruction[] table = PREFIXED[prefix - PREFIXES_FROM];
    Instruction instruction = table != null && sub < SUB_OPCODES ? table[(int) sub] : null;
    if (instruction == null) {
      throw new MalformedWasm(
          at, String.format(Locale.ROOT, "unknown instruction 0x%02x 0x%02x", prefix, sub));
    }
    return instruction;
  }

  /** The instruction of that name in the text format. */
  static Instruction named(String name) {
    Bytes opcode = OPCODES.get(name);
    if (opcode == null) {
      throw new IllegalArgumentException("there is no instruction " + name);
    }
    return read(new Input(opcode, Offset.NONE, "opcode"));
  }

  /** The bytes that say which instruction it is. */
  Bytes opcode() {
    return Objects.requireNonNull(OPCODES.get(name));
  }

  /** Its name in the text format. */
  String name() {
    return name;
  }

  Form form() {
    return form;
  }

  int immediates() {
    return immediates.length;
  }

  Immediate immediate(int index) {
    return immediates[index];
  }

  /** What limits that immediate, or 0. */
  int bound(int index) {
    return bounds[index];
  }

  /**
   * Types by their ordinals, or {@link #LOCAL}, {@link #GLOBAL}, {@link #ELEMENT}, {@link
   * #ADDRESS}.
   */
  byte[] operands() {
    return operands;
  }

  /** As {@link #operands}. */
  byte[] results() {
    return results;
  }

  /** Whether a constant expression may hold it. */
  boolean isConstant() {
    return constant;
  }

  /** The proposal that it belongs to, if the engine lacks that. */
  @Nullable String lackingProposal() {
    return lackingProposal;
  }

  private static void load() {
    try (var lines =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(Instruction.class.getResourceAsStream("instructions.txt")),
                StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.isBlank() && !line.startsWith("#")) {
          add(line.split(" +"));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void add(String[] words) {
    int code = Integer.parseInt(words[0], 16);
    if (code < PREFIXES_FROM) {
      PLAIN[code] = parse(words, 1);
      OPCODES.put(words[1], Bytes.of((byte) code));
      return;
    }
    ByteOutput opcode = new ByteOutput();
    opcode.write(code);
    opcode.unsigned(Integer.parseInt(words[1], 16));
    OPCODES.put(words[2], opcode.bytes());
    Instruction[] table = PREFIXED[code - PREFIXES_FROM];
    if (table == null) {
      table = new Instruction[SUB_OPCODES];
      PREFIXED[code - PREFIXES_FROM] = table;
    }
    table[Integer.parseInt(words[1], 16)] = parse(words, 2);
  }

  private static Instruction parse(String[] words, int from) {
    String name = words[from];
    List<String> rest = List.of(words).subList(from + 1, words.length);
    int refusal = rest.indexOf("!");
    if (refusal >= 0) {
      return new Instruction(name, String.join(" ", rest.subList(refusal + 1, rest.size())));
    }
    boolean constant = rest.contains("const");
    List<String> known = rest.stream().filter(each -> !each.equals("const")).toList();
    int colon = known.indexOf(":");
    if (colon < 0) {
      return new Instruction(name, known, NOTHING, NOTHING, constant);
    }
    int arrow = known.indexOf("->");
    return new Instruction(
        name,
        known.subList(0, colon),
        types(known.subList(colon + 1, arrow)),
        types(known.subList(arrow + 1, known.size())),
        constant);
  }

  private static byte[] types(List<String> words) {
    byte[] types = new byte[words.size()];
    for (int i = 0; i < types.length; i++) {
      types[i] =
          switch (words.get(i)) {
            case "local" -> LOCAL;
            case "global" -> GLOBAL;
            case "element" -> ELEMENT;
            case "address" -> ADDRESS;
            case String type -> (byte) ValueType.valueOf(type.toUpperCase(Locale.ROOT)).ordinal();
          };
    }
    return types;
  }
}
