package dev.parigot.wasm;

import java.util.Arrays;

/** Goes over the instructions of one expression after the other, immediates included. */
final class InstructionWalker {
  private final Uses uses;
  private final Types types;

  /** Whether the blocks that are open, from the outermost, are the first half of an {@code if}. */
  private boolean[] ifs = new boolean[64];

  private int depth;

  InstructionWalker(Uses uses, Types types) {
    this.uses = uses;
    this.types = types;
  }

  /** Is told of every index that an instruction holds. */
  interface Uses {
    /**
     * @param index unsigned
     * @param offset of the index, in bytes from the start of the file
     */
    void index(IndexSpace space, long index, int offset);

    /** Whether a memory, whose index was told before, is indexed by 64 bits. */
    boolean isWide(int memory);
  }

  /** Reads the types that instructions hold. */
  interface Types {
    ValueType valueType(Input in);

    ValueType referenceType(Input in);
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
    }
  }

  /** Reads up to the {@code end} of a constant expression. */
  void walkConstant(Input in) {
    while (true) {
      int at = in.offset();
      Instruction instruction = Instruction.read(in);
      refuseLacking(instruction, at);
      if (!instruction.isConstant()) {
        throw new MalformedWasm(at, instruction.name() + " is no constant instruction");
      }
      if (instruction.nesting() == Instruction.Nesting.CLOSES) {
        return;
      }
      immediates(instruction, in);
    }
  }

  private static void refuseLacking(Instruction instruction, int at) {
    String proposal = instruction.lackingProposal();
    if (proposal != null) {
      throw Proposals.lacking(at, instruction.name(), proposal);
    }
  }

  private void nest(Instruction instruction, int at) {
    switch (instruction.nesting()) {
      case OPENS -> push(false);
      case OPENS_IF -> push(true);
      case ELSE -> {
        if (!ifs[depth - 1]) {
          throw new MalformedWasm(at, "else without if");
        }
        ifs[depth - 1] = false;
      }
      case CLOSES -> depth--;
      case NONE -> {}
    }
  }

  private void push(boolean isIf) {
    if (depth == ifs.length) {
      ifs = Arrays.copyOf(ifs, 2 * depth);
    }
    ifs[depth++] = isIf;
  }

  private void immediates(Instruction instruction, Input in) {
    for (int i = 0; i < instruction.immediates(); i++) {
      immediate(instruction.immediate(i), in);
    }
  }

  private void immediate(Immediate immediate, Input in) {
    switch (immediate) {
      case LOCAL -> index(IndexSpace.LOCAL, in);
      case MEMARG -> memoryArgument(in);
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
      case LANE -> in.skip(1);
      case LANES -> lanes(in);
      case LABELS -> labels(in);
      case TYPES -> selectTypes(in);
      case HEAP -> types.referenceType(in);
      case ZERO -> zero(in);
    }
  }

  private void index(IndexSpace space, Input in) {
    int at = in.offset();
    uses.index(space, in.u32(), at);
  }

  private void blockType(Input in) {
    int first = in.peek();
    if (first == 0x40) {
      in.skip(1);
    } else if ((first & 0xc0) == 0x40) {
      types.valueType(in);
    } else {
      int at = in.offset();
      long type = in.signed(33);
      if (type < 0) {
        throw new MalformedWasm(at, "a block has an unknown type");
      }
      uses.index(IndexSpace.TYPE, type, at);
    }
  }

  private void label(Input in) {
    int at = in.offset();
    long label = in.u32();
    if (label >= depth) {
      throw new MalformedWasm(at, "label " + label + " is out of range: " + depth + " are open");
    }
  }

  private void labels(Input in) {
    int count = in.count("labels", Integer.MAX_VALUE, 1);
    for (int i = 0; i <= count; i++) {
      label(in);
    }
  }

  /** Bit 6 of the alignment says that the index of a memory follows; without it, it is memory 0. */
  private void memoryArgument(Input in) {
    int at = in.offset();
    long flags = in.u32();
    if (flags >= 0x80) {
      throw new MalformedWasm(at, "an access to memory has an unknown alignment");
    }
    int memoryAt = in.offset();
    long memory = (flags & 0x40) == 0 ? 0 : in.u32();
    uses.index(IndexSpace.MEMORY, memory, (flags & 0x40) == 0 ? at : memoryAt);
    if (uses.isWide((int) memory)) {
      in.u64();
    } else {
      in.u32();
    }
  }

  private static void lanes(Input in) {
    for (int i = 0; i < 16; i++) {
      int at = in.offset();
      if (in.u8() >= 32) {
        throw new MalformedWasm(at, "a shuffle has a lane beyond 31");
      }
    }
  }

  private void selectTypes(Input in) {
    int count = in.count("types", 1000, 1);
    for (int i = 0; i < count; i++) {
      types.valueType(in);
    }
  }

  private static void zero(Input in) {
    int at = in.offset();
    if (in.u8() != 0) {
      throw new MalformedWasm(at, "a byte should be zero");
    }
  }
}
