package dev.parigot.wasm;

import java.util.ArrayList;
import java.util.List;

/**
 * Edits a module so that whoever finds it trapped can tell where: each function that calls another
 * one leaves behind from which place, and each instruction that can trap where it stands, as
 * offsets of the original file. Costs time; what the module computes stays the same.
 */
public final class Trail {
  /**
   * The export of the memory in which the places of calls lie, four bytes each, outermost first.
   */
  public static final String CALLS = "parigot trail";

  /** The export of the global that tells how many bytes of it are in use. */
  public static final String DEPTH = "parigot trail depth";

  /** The export of the global that tells which instruction was the last that could trap. */
  public static final String HERE = "parigot trail here";

  /** Room for 262,144 calls within each other: more than the stack of a guest has. */
  private static final Limits PAGES = new Limits(16, 16L);

  private static final int PLACE_BYTES = 4;
  private static final int ALIGNMENT = 2;

  private final int memory;
  private final int depth;
  private final int here;

  private Trail(int memory, int depth) {
    this.memory = memory;
    this.depth = depth;
    this.here = depth + 1;
  }

  /** The module with a trail; its functions keep their indices. */
  public static WasmModule laidIn(WasmModule module) {
    Trail trail =
        new Trail(
            imported(module, ExternalKind.MEMORY) + module.memories().size(),
            imported(module, ExternalKind.GLOBAL) + module.globals().size());
    return trail.edit(module);
  }

  private static int imported(WasmModule module, ExternalKind kind) {
    return (int) module.imports().stream().filter(each -> each.type().kind() == kind).count();
  }

  private WasmModule edit(WasmModule module) {
    List<ExternalType.OfMemory> memories = new ArrayList<>(module.memories());
    memories.add(new ExternalType.OfMemory(PAGES));
    List<Global> globals = new ArrayList<>(module.globals());
    Global zero = new Global(new ExternalType.OfGlobal(ValueType.I32, true), Assembler.constant(0));
    globals.add(zero);
    globals.add(zero);
    List<Export> exports = new ArrayList<>(module.exports());
    exports.add(new Export(CALLS, ExternalKind.MEMORY, memory, Offset.NONE));
    exports.add(new Export(DEPTH, ExternalKind.GLOBAL, depth, Offset.NONE));
    exports.add(new Export(HERE, ExternalKind.GLOBAL, here, Offset.NONE));
    return new WasmModule(
        module.types(),
        module.imports(),
        module.functions().stream().map(this::edit).toList(),
        module.tables(),
        memories,
        globals,
        exports,
        module.start(),
        module.elements(),
        module.data(),
        module.dataCount(),
        module.customs());
  }

  private Function edit(Function function) {
    return new Function(function.type(), new Editor(function.code()).edit());
  }

  /** Whether an instruction may trap by itself. */
  private static boolean mayTrap(Instruction instruction) {
    String name = instruction.name();
    boolean integer = name.startsWith("i32.") || name.startsWith("i64.");
    return name.equals("unreachable")
        || name.contains("load")
        || name.contains("store")
        || name.startsWith("memory.copy")
        || name.startsWith("memory.fill")
        || name.startsWith("memory.init")
        || (name.startsWith("table.") && !name.equals("table.size") && !name.equals("table.grow"))
        || (integer
            && (name.contains(".div_")
                || name.contains(".rem_")
                || (name.contains(".trunc_") && !name.contains("sat"))));
  }

  /** Copies the code of one function, with more in between. */
  private final class Editor implements InstructionWalker.Visitor {
    private final Expression code;
    private final Bytes source;
    private final TypeReader types = new TypeReader();
    private final ByteOutput out = new ByteOutput();
    private int start;
    private int copied;
    private boolean called;

    Editor(Expression code) {
      this.code = code;
      this.source = code.bytes();
    }

    Expression edit() {
      Input in = new Input(source, code.offset(), "function");
      start = in.offset();
      int groups = in.count("groups of local variables", Integer.MAX_VALUE, 2);
      for (int i = 0; i < groups; i++) {
        in.u32();
        types.valueType(in);
      }
      new InstructionWalker((_, _, _) -> {}, types, this).walk(in);
      copy(source.length());
      return new Expression(out.bytes(), code.offset());
    }

    @Override
    public void instruction(Instruction instruction, Immediates immediates, int offset) {
      if (called) {
        copy(offset - start);
        forgetCall();
        called = false;
      }
      switch (instruction.form()) {
        case CALL, CALL_INDIRECT -> {
          copy(offset - start);
          noteHere(offset);
          noteCall(offset);
          called = true;
        }
        default -> {
          if (mayTrap(instruction)) {
            copy(offset - start);
            noteHere(offset);
          }
        }
      }
    }

    private void copy(int to) {
      out.write(source.array(), source.from() + copied, to - copied);
      copied = to;
    }

    private void noteHere(int offset) {
      emit(new Assembler(0).emit("i32.const", offset).emit("global.set", here));
    }

    private void noteCall(int offset) {
      emit(
          new Assembler(0)
              .emit("global.get", depth)
              .emit("i32.const", offset)
              .emit("i32.store", ALIGNMENT, memory, 0)
              .emit("global.get", depth)
              .emit("i32.const", PLACE_BYTES)
              .emit("i32.add")
              .emit("global.set", depth));
    }

    private void forgetCall() {
      emit(
          new Assembler(0)
              .emit("global.get", depth)
              .emit("i32.const", PLACE_BYTES)
              .emit("i32.sub")
              .emit("global.set", depth));
    }

    private void emit(Assembler instructions) {
      instructions.writeTo(out);
    }
  }
}
