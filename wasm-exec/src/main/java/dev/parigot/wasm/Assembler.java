package dev.parigot.wasm;

import java.util.ArrayList;
import java.util.List;

/** Puts a function together from instructions, by their names in the text format. */
public final class Assembler {
  /** The type of a block that takes and gives nothing. */
  public static final long NO_TYPE = -64;

  private final int params;
  private final List<ValueType> locals = new ArrayList<>();
  private final ByteOutput body = new ByteOutput();

  /** A function with that many parameters. */
  public Assembler(int params) {
    this.params = params;
  }

  /** Adds a local variable and answers its index. */
  public int local(ValueType type) {
    locals.add(type);
    return params + locals.size() - 1;
  }

  /**
   * Adds an instruction.
   *
   * @param immediates in the order of the binary format; of an access to memory its alignment as a
   *     power of two, the index of the memory and the offset; of a select the code of its type
   */
  public Assembler emit(String name, long... immediates) {
    Instruction instruction = Instruction.named(name);
    body.write(instruction.opcode());
    int next = 0;
    for (int i = 0; i < instruction.immediates(); i++) {
      next = write(instruction.immediate(i), immediates, next);
    }
    if (next != immediates.length) {
      throw new IllegalArgumentException(name + " has " + next + " immediates");
    }
    return this;
  }

  private int write(Immediate immediate, long[] values, int at) {
    switch (immediate) {
      case MEMARG -> {
        body.unsigned(values[at] | InstructionWalker.HAS_MEMORY);
        body.unsigned(values[at + 1]);
        body.unsigned(values[at + 2]);
        return at + 3;
      }
      case BLOCK, I32, I64 -> body.signed(values[at]);
      case LABEL, TYPE, FUNCTION, TABLE, MEMORY, GLOBAL, LOCAL, ELEMENT, DATA ->
          body.unsigned(values[at]);
      case TYPES -> {
        body.write(1);
        body.write((int) values[at]);
      }
      case F32, F64, V128, LANE, LANES, LABELS, HEAP ->
          throw new IllegalArgumentException("an immediate of the kind " + immediate);
    }
    return at + 1;
  }

  /** Adds the instructions alone to code that is put together elsewhere. */
  void writeTo(ByteOutput code) {
    code.write(body);
  }

  /** The code of the function; closes it. */
  public Expression function() {
    ByteOutput code = new ByteOutput();
    code.unsigned(locals.size());
    for (ValueType local : locals) {
      code.write(1);
      code.write(local.code());
    }
    code.write(body);
    code.write(Instruction.named("end").opcode());
    return new Expression(code.bytes(), Offset.NONE);
  }

  /** A constant expression of one number. */
  public static Expression constant(int value) {
    ByteOutput code = new ByteOutput();
    code.write(Instruction.named("i32.const").opcode());
    code.signed(value);
    code.write(Instruction.named("end").opcode());
    return new Expression(code.bytes(), Offset.NONE);
  }
}
