package dev.parigot.wasm;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** Puts a function together from instructions, by their names in the text format. */
public final class Assembler {
  /** The type of a block that takes and gives nothing. */
  public static final long NO_TYPE = -64;

  private final int params;
  private final List<ValueType> locals = new ArrayList<>();
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();

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
   *     power of two, the index of the memory and the offset
   */
  public Assembler emit(String name, long... immediates) {
    Instruction instruction = Instruction.named(name);
    instruction.opcode().writeTo(body);
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
        Leb128.unsigned(body, values[at] | InstructionWalker.HAS_MEMORY);
        Leb128.unsigned(body, values[at + 1]);
        Leb128.unsigned(body, values[at + 2]);
        return at + 3;
      }
      case BLOCK, I32, I64 -> Leb128.signed(body, values[at]);
      case LABEL, TYPE, FUNCTION, TABLE, MEMORY, GLOBAL, LOCAL, ELEMENT, DATA ->
          Leb128.unsigned(body, values[at]);
      case F32, F64, V128, LANE, LANES, LABELS, TYPES, HEAP ->
          throw new IllegalArgumentException("an immediate of the kind " + immediate);
    }
    return at + 1;
  }

  /** The code of the function; closes it. */
  public Expression function() {
    ByteArrayOutputStream code = new ByteArrayOutputStream();
    Leb128.unsigned(code, locals.size());
    for (ValueType local : locals) {
      code.write(1);
      code.write(local.code());
    }
    code.writeBytes(body.toByteArray());
    Instruction.named("end").opcode().writeTo(code);
    return new Expression(Bytes.of(code.toByteArray()), Offset.NONE);
  }

  /** A constant expression of one number. */
  public static Expression constant(int value) {
    ByteArrayOutputStream code = new ByteArrayOutputStream();
    Instruction.named("i32.const").opcode().writeTo(code);
    Leb128.signed(code, value);
    Instruction.named("end").opcode().writeTo(code);
    return new Expression(Bytes.of(code.toByteArray()), Offset.NONE);
  }
}
