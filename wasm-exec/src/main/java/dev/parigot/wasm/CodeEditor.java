package dev.parigot.wasm;

import java.util.ArrayList;
import java.util.List;

/** Copies the code of one function, with instructions in between and locals behind its own. */
abstract class CodeEditor implements InstructionWalker.Visitor {
  private final Function function;
  private final Bytes source;
  private final int params;
  private final ByteOutput body = new ByteOutput();
  private final List<ValueType> added = new ArrayList<>();
  private int start;
  private int copied;
  private int locals;

  CodeEditor(WasmModule module, Function function) {
    this.function = function;
    this.source = function.code().bytes();
    this.params = module.types().get(function.type()).params().size();
  }

  /** The function as {@link #instruction} would have it, which is told of each instruction. */
  final Function edit() {
    Input in = function.code().input();
    TypeReader types = new TypeReader();
    start = in.offset();
    int groups = in.count("groups of local variables", Integer.MAX_VALUE, 2);
    int first = in.offset() - start;
    locals = params;
    for (int i = 0; i < groups; i++) {
      locals += (int) in.u32();
      types.valueType(in);
    }
    int end = in.offset() - start;
    copied = end;
    new InstructionWalker((_, _, _) -> {}, types, this).walk(in);
    copyUpTo(source.length());
    ByteOutput code = new ByteOutput(body.size() + end + 8);
    code.unsigned(groups + added.size());
    code.write(source.array(), source.from() + first, end - first);
    for (ValueType type : added) {
      code.write(1);
      code.write(type.code());
    }
    code.write(body);
    return new Function(function.type(), new Expression(code.bytes(), function.code().offset()));
  }

  /**
   * Puts more ahead of an instruction, behind what was put there before.
   *
   * @param offset of the instruction, as its visitor is told
   */
  final void insert(int offset, Assembler instructions) {
    copyUpTo(offset - start);
    instructions.writeTo(body);
  }

  /** A local variable of that type, the same each time: who puts code in uses it at once. */
  final int local(ValueType type) {
    if (!added.contains(type)) {
      added.add(type);
    }
    return locals + added.indexOf(type);
  }

  private void copyUpTo(int to) {
    body.write(source.array(), source.from() + copied, to - copied);
    copied = to;
  }
}
