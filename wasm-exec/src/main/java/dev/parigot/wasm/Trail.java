package dev.parigot.wasm;

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

  private final WasmModule module;
  private final int memory;
  private final int depth;
  private final int here;

  private Trail(WasmModule module, int memory, int depth, int here) {
    this.module = module;
    this.memory = memory;
    this.depth = depth;
    this.here = here;
  }

  /** The module with a trail; its functions keep their indices. */
  public static WasmModule laidIn(WasmModule module) {
    ModuleEditor editor = new ModuleEditor(module);
    int memory = editor.memory(new ExternalType.OfMemory(PAGES));
    Trail trail = new Trail(module, memory, editor.counter(0), editor.counter(0));
    return editor
        .export(CALLS, ExternalKind.MEMORY, trail.memory)
        .export(DEPTH, ExternalKind.GLOBAL, trail.depth)
        .export(HERE, ExternalKind.GLOBAL, trail.here)
        .functions(module.functions().stream().map(trail::edit).toList())
        .edited();
  }

  private Function edit(Function function) {
    return new Editor(function).edit();
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

  private final class Editor extends CodeEditor {
    private boolean called;

    Editor(Function function) {
      super(module, function);
    }

    @Override
    public void instruction(Instruction instruction, Immediates immediates, int offset) {
      if (called) {
        insert(offset, forgetCall());
        called = false;
      }
      switch (instruction.form()) {
        case CALL, CALL_INDIRECT -> {
          insert(offset, noteHere(offset));
          insert(offset, noteCall(offset));
          called = true;
        }
        default -> {
          if (mayTrap(instruction)) {
            insert(offset, noteHere(offset));
          }
        }
      }
    }

    private Assembler noteHere(int offset) {
      return new Assembler(0).emit("i32.const", offset).emit("global.set", here);
    }

    private Assembler noteCall(int offset) {
      return new Assembler(0)
          .emit("global.get", depth)
          .emit("i32.const", offset)
          .emit("i32.store", ALIGNMENT, memory, 0)
          .emit("global.get", depth)
          .emit("i32.const", PLACE_BYTES)
          .emit("i32.add")
          .emit("global.set", depth);
    }

    private Assembler forgetCall() {
      return new Assembler(0)
          .emit("global.get", depth)
          .emit("i32.const", PLACE_BYTES)
          .emit("i32.sub")
          .emit("global.set", depth);
    }
  }
}
