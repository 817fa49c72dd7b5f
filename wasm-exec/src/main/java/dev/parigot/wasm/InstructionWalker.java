package dev.parigot.wasm;

import java.util.Arrays;

/** Goes over the instructions of one expression after the other, immediates included. */
final class InstructionWalker {
  /** Bit 6 of an alignment: the index of a memory follows. */
  static final int HAS_MEMORY = 0x40;

  private final Uses uses;
  private final Types types;
  private final Visitor visitor;
  private final Immediates immediates = new Immediates();

  /** Whether the blocks that are open, from the outermost, are the first half of an {@code if}. */
  private boolean[] ifs = new boolean[64];

  private int depth;

  InstructionWalker(Uses uses, Types types, Visitor visitor) {
    this.uses = uses;
    this.types = types;
    this.visitor = visitor;
  }

  /** Is told of every index that an instruction holds. */
  interface Uses {
    /**
     * @param index unsigned
     * @param offset of the index, in bytes from the start of the file
     */
    void index(IndexSpace space, long index, int offset);

    /** The index of a block's type, which is written as a signed number. */
    default void blockType(long index, int offset) {
      index(IndexSpace.TYPE, index, offset);
    }

    /**
     * Whether offsets into that memory have 64 bits. What looks at code that was read before need
     * not know: as it is well-formed, each offset has the bits that it may have.
     */
    default boolean isWide(int memory) {
      return true;
    }

    /** An access to memory 0 that doesn't say so; {@code offset} is that of its alignment. */
    default void memoryZero(int offset) {
      index(IndexSpace.MEMORY, 0, offset);
    }
  }

  /** Reads the types that instructions hold. */
  interface Types {
    ValueType valueType(Input in);

    ValueType referenceType(Input in);
  }

  /** Is told of every instruction. */
  interface Visitor {
    /**
     * @param immediates valid until this returns
     * @param offset of the opcode, in bytes from the start of the file
     */
    void instruction(Instruction instruction, Immediates immediates, int offset);
  }

  /** Reads up to the {@code end} of a function. */
  void walk(Input in) {
    depth = 0;
    push(false);
    while (depth > 0) {
      int at = in.offset();
      Instruction instruction = Instruction.read(in);
      refuseLacking(instruction, at);
      nest(instruction, at);
      immediates(instruction, in);
      visitor.instruction(instruction, immediates, at);
    }
  }

  /** Reads up to the {@code end} of a constant expression. */
  void walkConstant(Input in) {
    Instruction instruction;
    do {
      int at = in.offset();
      instruction = Instruction.read(in);
      refuseLacking(instruction, at);
      if (!instruction.isConstant()) {
        throw new MalformedWasm(at, instruction.name() + " is no constant instruction");
      }
      immediates(instruction, in);
      visitor.instruction(instruction, immediates, at);
    } while (instruction.form() != Instruction.Form.END);
  }

  private static void refuseLacking(Instruction instruction, int at) {
    String proposal = instruction.lackingProposal();
    if (proposal != null) {
      throw Proposals.lacking(at, instruction.name(), proposal);
    }
  }

  private void nest(Instruction instruction, int at) {
    switch (instruction.form()) {
      case BLOCK, LOOP -> push(false);
      case IF -> push(true);
      case ELSE -> {
        if (!ifs[depth - 1]) {
          throw new MalformedWasm(at, "else without if");
        }
        ifs[depth - 1] = false;
      }
      case END -> depth--;
      default -> {}
    }
  }

  private void push(boolean isIf) {
    if (depth == ifs.length) {
      ifs = Arrays.copyOf(ifs, 2 * depth);
    }
    ifs[depth++] = isIf;
  }

  private void immediates(Instruction instruction, Input in) {
    immediates.clear();
    for (int i = 0; i < instruction.immediates(); i++) {
      immediate(instruction.immediate(i), instruction.bound(i), in);
    }
  }

  private void immediate(Immediate immediate, int bound, Input in) {
    switch (immediate) {
      case LOCAL -> index(IndexSpace.LOCAL, in);
      case MEMARG -> memoryArgument(bound, in);
      case I32 -> in.signed(32);
      case BLOCK -> blockType(in);
      case LABEL -> label(in);
      case FUNCTION -> index(IndexSpace.FUNCTION, in);
      case I64 -> in.signed(64);
      case GLOBAL -> index(IndexSpace.GLOBAL, in);
      case TYPE -> index(IndexSpace.TYPE, in);
      case TABLE -> index(IndexSpace.TABLE, in);
      case MEMORY -> index(IndexSpace.MEMORY, in);
      case ELEMENT -> index(IndexSpace.ELEMENT, in);
      case DATA -> index(IndexSpace.DATA, in);
      case F32 -> in.skip(4);
      case F64 -> in.skip(8);
      case V128 -> in.skip(16);
      case LANE -> lane(bound, in);
      case LANES -> lanes(in);
      case LABELS -> labels(in);
      case TYPES -> selectType(in);
      case HEAP -> immediates.setType(types.referenceType(in));
    }
  }

  private void index(IndexSpace space, Input in) {
    int at = in.offset();
    index(space, in.u32(), at);
  }

  private void index(IndexSpace space, long index, int at) {
    uses.index(space, index, at);
    immediates.addIndex(space, index);
  }

  private void blockType(Input in) {
    int first = in.peek();
    if (first == 0x40) {
      in.skip(1);
      immediates.setBlock(Immediates.NO_TYPE);
    } else if ((first & 0xc0) == 0x40) {
      immediates.setBlock(-2 - types.valueType(in).ordinal());
    } else {
      int at = in.offset();
      long type = in.signed(33);
      if (type < 0) {
        throw new MalformedWasm(at, "a block has an unknown type");
      }
      uses.blockType(type, at);
      immediates.setBlock((int) type);
    }
  }

  private void label(Input in) {
    int at = in.offset();
    long label = in.u32();
    if (label >= depth) {
      throw new MalformedWasm(at, "label " + label + " is out of range: " + depth + " are open");
    }
    immediates.addLabel((int) label);
  }

  private void labels(Input in) {
    int count = in.count("labels", Integer.MAX_VALUE, 1);
    for (int i = 0; i <= count; i++) {
      label(in);
    }
  }

  /**
   * Bit 6 of the alignment says that the index of a memory follows; without it, it is memory 0.
   *
   * @param width of the access, in bytes
   */
  private void memoryArgument(int width, Input in) {
    int at = in.offset();
    long flags = in.u32();
    if (flags >= 2 * HAS_MEMORY) {
      throw new MalformedWasm(at, "an access to memory has an unknown alignment");
    }
    long alignment = flags & (HAS_MEMORY - 1);
    if (alignment > 4 || 1 << alignment > width) {
      throw new MalformedWasm(
          at,
          "an access to "
              + width
              + " bytes can't be aligned to 2^"
              + alignment
              + " bytes: no more"
              + " than what is accessed");
    }
    if ((flags & HAS_MEMORY) == 0) {
      uses.memoryZero(at);
      immediates.addIndex(IndexSpace.MEMORY, 0);
    } else {
      index(IndexSpace.MEMORY, in);
    }
    if (uses.isWide(immediates.index(IndexSpace.MEMORY))) {
      in.u64();
    } else {
      in.u32();
    }
  }

  private static void lane(int lanes, Input in) {
    int at = in.offset();
    int lane = in.u8();
    if (lane >= lanes) {
      throw new MalformedWasm(at, "lane " + lane + " is out of range: there are " + lanes);
    }
  }

  private static void lanes(Input in) {
    for (int i = 0; i < 16; i++) {
      lane(32, in);
    }
  }

  private void selectType(Input in) {
    int at = in.offset();
    int count = in.count("types", ModuleLimits.RESULTS, 1);
    if (count != 1) {
      throw new MalformedWasm(at, "a select has " + count + " types, not 1");
    }
    immediates.setType(types.valueType(in));
  }
}
