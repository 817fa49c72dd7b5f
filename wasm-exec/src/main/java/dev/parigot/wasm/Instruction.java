package dev.parigot.wasm;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One instruction of the binary format, from the table in {@code instructions.txt}. */
final class Instruction {
  private static final int PREFIXES_FROM = 0xfb;
  private static final int SUB_OPCODES = 0x200;
  private static final @Nullable Instruction[] PLAIN = new Instruction[0x100];
  private static final @Nullable Instruction[][] PREFIXED = new Instruction[5][];

  /** What an instruction does to the blocks around it. */
  enum Nesting {
    NONE,
    OPENS,
    OPENS_IF,
    ELSE,
    CLOSES
  }

  private final String name;
  private final Nesting nesting;
  private final Immediate[] immediates;
  private final boolean constant;
  private final @Nullable String lackingProposal;

  static {
    load();
  }

  private Instruction(
      String name, Immediate[] immediates, boolean constant, @Nullable String lackingProposal) {
    this.name = name;
    this.nesting =
        switch (name) {
          case "block", "loop" -> Nesting.OPENS;
          case "if" -> Nesting.OPENS_IF;
          case "else" -> Nesting.ELSE;
          case "end" -> Nesting.CLOSES;
          default -> Nesting.NONE;
        };
    this.immediates = immediates;
    this.constant = constant;
    this.lackingProposal = lackingProposal;
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

  /** Its name in the text format. */
  String name() {
    return name;
  }

  Nesting nesting() {
    return nesting;
  }

  int immediates() {
    return immediates.length;
  }

  Immediate immediate(int index) {
    return immediates[index];
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
      return;
    }
    Instruction[] table = PREFIXED[code - PREFIXES_FROM];
    if (table == null) {
      table = new Instruction[SUB_OPCODES];
      PREFIXED[code - PREFIXES_FROM] = table;
    }
    table[Integer.parseInt(words[1], 16)] = parse(words, 2);
  }

  private static Instruction parse(String[] words, int from) {
    List<Immediate> immediates = new ArrayList<>();
    boolean constant = false;
    for (int i = from + 1; i < words.length; i++) {
      if (words[i].equals("!")) {
        String proposal = String.join(" ", List.of(words).subList(i + 1, words.length));
        return new Instruction(words[from], new Immediate[0], false, proposal);
      }
      if (words[i].equals("const")) {
        constant = true;
      } else {
        immediates.add(Immediate.valueOf(words[i].toUpperCase(Locale.ROOT)));
      }
    }
    return new Instruction(words[from], immediates.toArray(new Immediate[0]), constant, null);
  }
}
