package dev.parigot.wasm;

import java.util.Arrays;

/**
 * The specification's algorithm that finds out whether the types in one expression after the other
 * fit: a stack of operand types within a stack of blocks. Every operand is seen a fixed number of
 * times; nesting costs a few bytes a block and no recursion.
 */
final class Typing implements InstructionWalker.Visitor {
  private static final byte[] NOTHING = {};
  private static final byte[][] SINGLE = new byte[ValueType.values().length][];
  private static final byte I32 = (byte) ValueType.I32.ordinal();
  private static final byte FUNCREF = (byte) ValueType.FUNCREF.ordinal();

  static {
    for (byte type = 0; type < SINGLE.length; type++) {
      SINGLE[type] = new byte[] {type};
    }
  }

  private final Declarations module;
  private final Locals locals;
  private final OperandStack operands = new OperandStack();
  private byte[] params = NOTHING;
  private boolean constant;

  // The blocks that are open, from the outermost, which is the whole expression.
  private int depth;
  private Instruction.Form[] forms = new Instruction.Form[64];
  private int[] types = new int[64];
  private int[] bases = new int[64];
  private boolean[] unreachable = new boolean[64];

  /** The result of the outermost block, which has no type index of its own. */
  private byte[] results = NOTHING;

  Typing(Declarations module, Locals locals) {
    this.module = module;
    this.locals = locals;
  }

  /** What comes is the code of a function of that type, its locals read before. */
  void beginFunction(int type) {
    params = module.params(type);
    begin(module.results(type), false);
  }

  /** What comes is a constant expression of that type. */
  void beginConstant(ValueType type) {
    begin(SINGLE[type.ordinal()], true);
  }

  private void begin(byte[] newResults, boolean isConstant) {
    results = newResults;
    constant = isConstant;
    operands.clear();
    depth = 0;
    push(Instruction.Form.BLOCK, Immediates.NO_TYPE);
  }

  @Override
  public void instruction(Instruction instruction, Immediates immediates, int offset) {
    operands.by(instruction.name(), offset);
    switch (instruction.form()) {
      case TABLED -> tabled(instruction, immediates);
      case UNREACHABLE -> leave();
      case BLOCK, LOOP -> open(instruction.form(), immediates.block());
      case IF -> {
        operands.pop(I32);
        open(instruction.form(), immediates.block());
      }
      case ELSE -> {
        int type = close();
        push(Instruction.Form.ELSE, type);
        operands.pushAll(paramsOf(type));
      }
      case END -> end();
      case BR -> {
        operands.popAll(atLabel(immediates.label(0)));
        leave();
      }
      case BR_IF -> {
        operands.pop(I32);
        byte[] carried = atLabel(immediates.label(0));
        operands.popAll(carried);
        operands.pushAll(carried);
      }
      case BR_TABLE -> branchTable(immediates);
      case RETURN -> {
        operands.popAll(results);
        leave();
      }
      case CALL -> call(module.function(immediates.index(IndexSpace.FUNCTION)));
      case CALL_INDIRECT -> callIndirect(immediates);
      case DROP -> operands.pop();
      case SELECT -> select(instruction, immediates);
      case GLOBAL_GET -> {
        checkConstant(immediates.index(IndexSpace.GLOBAL));
        tabled(instruction, immediates);
      }
      case GLOBAL_SET -> {
        int global = immediates.index(IndexSpace.GLOBAL);
        if (!module.isMutable(global)) {
          throw operands.wrong("changes global " + global + ", which is constant");
        }
        tabled(instruction, immediates);
      }
      case TABLE_INIT -> {
        same(
            module.table(immediates.index(IndexSpace.TABLE)),
            module.element(immediates.index(IndexSpace.ELEMENT)));
        tabled(instruction, immediates);
      }
      case TABLE_COPY -> {
        same(
            module.table(immediates.target(IndexSpace.TABLE)),
            module.table(immediates.index(IndexSpace.TABLE)));
        tabled(instruction, immediates);
      }
      case MEMORY_COPY -> {
        byte target = module.memory(immediates.target(IndexSpace.MEMORY));
        byte source = module.memory(immediates.index(IndexSpace.MEMORY));
        operands.pop(target == I32 ? I32 : source);
        operands.pop(source);
        operands.pop(target);
      }
      case REF_NULL -> operands.push((byte) immediates.type().ordinal());
      case REF_IS_NULL -> {
        byte type = operands.pop();
        if (type < FUNCREF && type != OperandStack.UNKNOWN) {
          throw operands.mismatch(FUNCREF, type);
        }
        operands.push(I32);
      }
      case REF_FUNC -> {
        checkReferable(immediates.index(IndexSpace.FUNCTION));
        tabled(instruction, immediates);
      }
    }
  }

  private void tabled(Instruction instruction, Immediates immediates) {
    byte[] popped = instruction.operands();
    for (int i = popped.length - 1; i >= 0; i--) {
      operands.pop(resolved(popped[i], immediates));
    }
    for (byte pushed : instruction.results()) {
      operands.push(resolved(pushed, immediates));
    }
  }

  private byte resolved(byte type, Immediates immediates) {
    return switch (type) {
      case Instruction.LOCAL -> local(immediates.index(IndexSpace.LOCAL));
      case Instruction.GLOBAL -> module.global(immediates.index(IndexSpace.GLOBAL));
      case Instruction.ELEMENT -> module.table(immediates.index(IndexSpace.TABLE));
      case Instruction.ADDRESS -> module.memory(immediates.index(IndexSpace.MEMORY));
      default -> type;
    };
  }

  private byte local(int index) {
    return index < params.length ? params[index] : locals.type(index - params.length);
  }

  private void open(Instruction.Form form, int type) {
    operands.popAll(paramsOf(type));
    push(form, type);
    operands.pushAll(paramsOf(type));
  }

  private void push(Instruction.Form form, int type) {
    if (depth == types.length) {
      forms = Arrays.copyOf(forms, 2 * depth);
      types = Arrays.copyOf(types, 2 * depth);
      bases = Arrays.copyOf(bases, 2 * depth);
      unreachable = Arrays.copyOf(unreachable, 2 * depth);
    }
    forms[depth] = form;
    types[depth] = type;
    bases[depth] = operands.height();
    unreachable[depth] = false;
    operands.enter(bases[depth], false);
    depth++;
  }

  /** Ends the innermost block and answers its type. */
  private int close() {
    operands.popAll(resultsOf(depth - 1));
    operands.checkEmpty();
    depth--;
    if (depth > 0) {
      operands.enter(bases[depth - 1], unreachable[depth - 1]);
    }
    return types[depth];
  }

  private void end() {
    byte[] left = resultsOf(depth - 1);
    int type = close();
    if (forms[depth] == Instruction.Form.IF && !Arrays.equals(paramsOf(type), left)) {
      throw operands.wrong("closes an if that has results, but no else to give them");
    }
    operands.pushAll(left);
  }

  /** The rest of the block is never reached. */
  private void leave() {
    operands.dropAll();
    unreachable[depth - 1] = true;
  }

  private void branchTable(Immediates immediates) {
    operands.pop(I32);
    int last = immediates.labels() - 1;
    byte[] otherwise = atLabel(immediates.label(last));
    byte[] checked = otherwise;
    operands.check(checked);
    for (int i = 0; i < last; i++) {
      byte[] carried = atLabel(immediates.label(i));
      if (carried != checked) {
        if (carried.length != otherwise.length) {
          throw operands.wrong(
              "has labels that take " + carried.length + " and " + otherwise.length + " operands");
        }
        operands.check(carried);
        checked = carried;
      }
    }
    leave();
  }

  private void call(int type) {
    operands.popAll(module.params(type));
    operands.pushAll(module.results(type));
  }

  private void callIndirect(Immediates immediates) {
    int table = immediates.index(IndexSpace.TABLE);
    if (module.table(table) != FUNCREF) {
      throw operands.wrong("calls through table " + table + ", which holds no functions");
    }
    operands.pop(I32);
    call(immediates.index(IndexSpace.TYPE));
  }

  private void select(Instruction instruction, Immediates immediates) {
    operands.pop(I32);
    if (instruction.immediates() > 0) {
      byte type = (byte) immediates.type().ordinal();
      operands.pop(type);
      operands.pop(type);
      operands.push(type);
      return;
    }
    byte second = operands.pop();
    byte first = operands.pop();
    if (first >= FUNCREF || second >= FUNCREF) {
      throw operands.wrong("without a type can't choose between references");
    }
    if (first != second && first != OperandStack.UNKNOWN && second != OperandStack.UNKNOWN) {
      throw operands.mismatch(first, second);
    }
    operands.push(first == OperandStack.UNKNOWN ? second : first);
  }

  private void same(byte target, byte source) {
    if (target != source) {
      throw operands.mismatch(target, source);
    }
  }

  private void checkConstant(int global) {
    if (!constant) {
      return;
    }
    if (module.isMutable(global)) {
      throw operands.wrong("of global " + global + ", which can change, is no constant");
    }
    if (!module.isImported(global)) {
      throw operands.lacking(
          "of global " + global + ", not an import, in a constant expression",
          "garbage collection");
    }
  }

  /**
   * A reference in a constant expression declares its function; one in code needs a declaration.
   */
  private void checkReferable(int function) {
    if (constant) {
      module.refer(function);
    } else if (!module.isReferable(function)) {
      throw operands.wrong(
          "of function "
              + function
              + ", which is neither exported nor in a global or an element segment");
    }
  }

  private byte[] paramsOf(int type) {
    return type >= 0 ? module.params(type) : NOTHING;
  }

  private byte[] resultsOf(int block) {
    if (block == 0) {
      return results;
    }
    int type = types[block];
    if (type >= 0) {
      return module.results(type);
    }
    return type == Immediates.NO_TYPE ? NOTHING : SINGLE[-2 - type];
  }

  /** The types of what a branch to that label carries. */
  private byte[] atLabel(int label) {
    int block = depth - 1 - label;
    return forms[block] == Instruction.Form.LOOP ? paramsOf(types[block]) : resultsOf(block);
  }
}
