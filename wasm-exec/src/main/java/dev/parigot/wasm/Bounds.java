package dev.parigot.wasm;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Edits a module so that what depends on the engine otherwise depends on the module alone: how deep
 * its functions can call one another, how long it can go on without an end, and which bits a NaN
 * has that arithmetic gives. Functions keep their indices; their code moves.
 */
public final class Bounds {
  /** The export of the global that tells which bound was reached, as one of {@link Reached}. */
  public static final String REACHED = "parigot:bound";

  private static final int MAY_GO_ON = 0;
  private static final int TOO_DEEP = 1;
  private static final int WITHOUT_END = 2;

  /** What lets others see the bits of a number. */
  private static final Set<String> SHOWING =
      Set.of(
          "f32.store",
          "f64.store",
          "i32.reinterpret_f32",
          "i64.reinterpret_f64",
          "f32.copysign",
          "f64.copysign");

  /** After their type: what can give a NaN that it wasn't given. */
  private static final Set<String> ARITHMETIC =
      Set.of(
          "add",
          "sub",
          "mul",
          "div",
          "sqrt",
          "min",
          "max",
          "ceil",
          "floor",
          "trunc",
          "nearest",
          "demote_f64",
          "promote_f32",
          "demote_f64x2_zero",
          "promote_low_f32x4");

  /** After their type: what looks at the number alone, if it is a NaN. */
  private static final Set<String> COMPARISONS = Set.of("eq", "ne", "lt", "gt", "le", "ge");

  private final WasmModule module;
  private final CallCycles cycles;
  private final boolean numbers;
  private final int deepest;
  private final ModuleEditor editor;
  private final int depth;
  private final int rounds;
  private final int reached;

  private Bounds(WasmModule module, int deepest, int most) {
    this.module = module;
    this.cycles = CallCycles.of(module);
    this.numbers = module.functions().stream().anyMatch(each -> each.hasAny(Bounds::showsNumbers));
    this.deepest = deepest;
    this.editor = new ModuleEditor(module);
    this.depth = editor.counter(0);
    this.rounds = editor.counter(most);
    this.reached = editor.counter(MAY_GO_ON);
  }

  /**
   * The module with bounds.
   *
   * @param deepest as many calls within each other, at most, of functions that lead to each other
   * @param rounds of loops and such calls, at most, in the life of an instance
   */
  public static WasmModule laidIn(WasmModule module, int deepest, int rounds) {
    boolean named = module.exports().stream().anyMatch(each -> each.name().equals(REACHED));
    return named ? module : new Bounds(module, deepest, rounds).edit();
  }

  /** A bound that an instance has come to. */
  public enum Reached {
    NONE,
    DEPTH,
    ROUNDS;

    /** What the global {@link #REACHED} tells. */
    public static Reached of(int global) {
      return switch (global) {
        case TOO_DEEP -> DEPTH;
        case WITHOUT_END -> ROUNDS;
        default -> NONE;
      };
    }
  }

  private WasmModule edit() {
    int imported = module.imported(ExternalKind.FUNCTION);
    List<Function> functions = new ArrayList<>();
    for (Function each : module.functions()) {
      functions.add(new Editor(each, imported + functions.size()).edit());
    }
    return editor.functions(functions).export(REACHED, ExternalKind.GLOBAL, reached).edited();
  }

  /**
   * Whether others can see bits of its numbers. Hosts don't look at those of what calls pass on.
   */
  private static boolean showsNumbers(Instruction instruction) {
    return SHOWING.contains(instruction.name()) || lanes(instruction) != null;
  }

  /** The type of the numbers whose arithmetic it does in vectors; null for none. */
  private static @Nullable String lanes(Instruction instruction) {
    String type = type(instruction);
    return type.equals("f32x4") || type.equals("f64x2") ? type : null;
  }

  private static String type(Instruction instruction) {
    int dot = instruction.name().indexOf('.');
    return dot < 0 ? "" : instruction.name().substring(0, dot);
  }

  private static String action(Instruction instruction) {
    return instruction.name().substring(instruction.name().indexOf('.') + 1);
  }

  private static boolean isNumeric(String type) {
    return type.equals("f32") || type.equals("f64");
  }

  /** Whether it may give a NaN whose bits are the engine's choice. */
  private static boolean mayMakeNan(Instruction instruction) {
    String type = type(instruction);
    return (isNumeric(type) || lanes(instruction) != null)
        && ARITHMETIC.contains(action(instruction));
  }

  /** Whether it takes the number on top, and nobody sees its bits by what it gives. */
  private static boolean hides(Instruction instruction) {
    String action = action(instruction);
    return isNumeric(type(instruction))
            && (ARITHMETIC.contains(action) || COMPARISONS.contains(action))
        || instruction.name().startsWith("i32.trunc_")
        || instruction.name().startsWith("i64.trunc_")
        || instruction.form() == Instruction.Form.DROP;
  }

  private final class Editor extends CodeEditor {
    private final int index;
    private String nan = "";
    private boolean called;
    private boolean afterLoop;

    Editor(Function function, int index) {
      super(module, function);
      this.index = index;
    }

    @Override
    public void instruction(Instruction instruction, Immediates immediates, int offset) {
      if (called) {
        insert(offset, comeBack());
      }
      if (!nan.isEmpty() && !hides(instruction)) {
        insert(offset, oneNan(nan));
      }
      nan = numbers && mayMakeNan(instruction) ? type(instruction) : "";
      called =
          switch (instruction.form()) {
            case CALL -> cycles.has(index, immediates.index(IndexSpace.FUNCTION));
            case CALL_INDIRECT -> cycles.hasIndirect(index);
            default -> false;
          };
      if (called) {
        insert(offset, goDeeper());
      }
      if (called || afterLoop) {
        insert(offset, goRound());
      }
      afterLoop = instruction.form() == Instruction.Form.LOOP;
    }

    private Assembler goDeeper() {
      Assembler code =
          new Assembler(0)
              .emit("global.get", depth)
              .emit("i32.const", 1)
              .emit("i32.add")
              .emit("global.set", depth)
              .emit("global.get", depth)
              .emit("i32.const", deepest)
              .emit("i32.gt_u");
      return stopIf(code, TOO_DEEP);
    }

    private Assembler comeBack() {
      return new Assembler(0)
          .emit("global.get", depth)
          .emit("i32.const", 1)
          .emit("i32.sub")
          .emit("global.set", depth);
    }

    private Assembler goRound() {
      Assembler code =
          new Assembler(0)
              .emit("global.get", rounds)
              .emit("i32.const", 1)
              .emit("i32.sub")
              .emit("global.set", rounds)
              .emit("global.get", rounds)
              .emit("i32.eqz");
      return stopIf(code, WITHOUT_END);
    }

    private Assembler stopIf(Assembler code, int why) {
      return code.emit("if", Assembler.NO_TYPE)
          .emit("i32.const", why)
          .emit("global.set", reached)
          .emit("unreachable")
          .emit("end");
    }

    /** The number on top, or the one NaN if it is any. */
    private Assembler oneNan(String type) {
      boolean wide = type.startsWith("f64");
      boolean vector = !isNumeric(type);
      ValueType local = vector ? ValueType.V128 : wide ? ValueType.F64 : ValueType.F32;
      int number = local(local);
      Assembler code = new Assembler(0).emit("local.tee", number);
      if (wide) {
        code.emit("i64.const", 0x7ff8000000000000L);
      } else {
        code.emit("i32.const", 0x7fc00000);
      }
      if (vector) {
        code.emit(wide ? "i64x2.splat" : "i32x4.splat");
      } else {
        code.emit(wide ? "f64.reinterpret_i64" : "f32.reinterpret_i32");
      }
      code.emit("local.get", number).emit("local.get", number).emit(type + ".eq");
      return vector ? code.emit("v128.bitselect") : code.emit("select", local.code());
    }
  }
}
