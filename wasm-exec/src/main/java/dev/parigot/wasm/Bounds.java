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

  /** The opcode of the select without a type; by its name the table has the other one. */
  private static final int SELECT = 0x1b;

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

  private final int imported;
  private final int depth;
  private final int rounds;
  private final int reached;
  private final int deepest;
  private final boolean numbers;
  private final CallCycles cycles;
  private final WasmModule module;

  private Bounds(WasmModule module, int deepest) {
    this.module = module;
    this.imported = module.imported(ExternalKind.FUNCTION);
    this.depth = module.imported(ExternalKind.GLOBAL) + module.globals().size();
    this.rounds = depth + 1;
    this.reached = depth + 2;
    this.deepest = deepest;
    this.cycles = CallCycles.of(module);
    this.numbers = showsNumbers(module);
  }

  /**
   * The module with bounds.
   *
   * @param deepest as many calls within each other, at most, of functions that lead to each other
   * @param rounds of loops and such calls, at most, in the life of an instance
   */
  public static WasmModule laidIn(WasmModule module, int deepest, int rounds) {
    boolean named = module.exports().stream().anyMatch(each -> each.name().equals(REACHED));
    return named ? module : new Bounds(module, deepest).edit(rounds);
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

  private WasmModule edit(int most) {
    List<Global> globals = new ArrayList<>(module.globals());
    globals.add(number(0));
    globals.add(number(most));
    globals.add(number(MAY_GO_ON));
    List<Export> exports = new ArrayList<>(module.exports());
    exports.add(new Export(REACHED, ExternalKind.GLOBAL, reached, Offset.NONE));
    List<Function> functions = new ArrayList<>();
    for (Function each : module.functions()) {
      functions.add(
          new Function(each.type(), new Editor(each, imported + functions.size()).edit()));
    }
    return new WasmModule(
        module.types(),
        module.imports(),
        functions,
        module.tables(),
        module.memories(),
        globals,
        exports,
        module.start(),
        module.elements(),
        module.data(),
        module.dataCount(),
        module.customs());
  }

  private static Global number(int value) {
    return new Global(new ExternalType.OfGlobal(ValueType.I32, true), Assembler.constant(value));
  }

  /** Whether bits of its numbers can be seen. Hosts don't look at those of what calls pass on. */
  private static boolean showsNumbers(WasmModule module) {
    boolean[] found = new boolean[1];
    TypeReader types = new TypeReader();
    Locals locals = new Locals();
    InstructionWalker walker =
        new InstructionWalker(
            (_, _, _) -> {},
            types,
            (instruction, _, _) ->
                found[0] |= SHOWING.contains(instruction.name()) || lanes(instruction) != null);
    for (Function each : module.functions()) {
      Input in = new Input(each.code().bytes(), each.code().offset(), "function");
      locals.read(in, types);
      walker.walk(in);
    }
    return found[0];
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

  /** Copies the code of one function, with more in between. */
  private final class Editor implements InstructionWalker.Visitor {
    private final Function function;
    private final int index;
    private final Bytes source;
    private final ByteOutput body = new ByteOutput();
    private final List<ValueType> added = new ArrayList<>();
    private int start;
    private int copied;
    private int locals;
    private String nan = "";
    private boolean called;
    private boolean afterLoop;

    Editor(Function function, int index) {
      this.function = function;
      this.index = index;
      this.source = function.code().bytes();
    }

    Expression edit() {
      Input in = new Input(source, function.code().offset(), "function");
      TypeReader types = new TypeReader();
      start = in.offset();
      int groups = in.count("groups of local variables", Integer.MAX_VALUE, 2);
      int first = in.offset() - start;
      locals = module.types().get(function.type()).params().size();
      for (int i = 0; i < groups; i++) {
        locals += (int) in.u32();
        types.valueType(in);
      }
      int end = in.offset() - start;
      copied = end;
      new InstructionWalker((_, _, _) -> {}, types, this).walk(in);
      copy(source.length());
      ByteOutput code = new ByteOutput(body.size() + end + 8);
      code.unsigned(groups + added.size());
      code.write(source.array(), source.from() + first, end - first);
      for (ValueType type : added) {
        code.write(1);
        code.write(type.code());
      }
      code.write(body);
      return new Expression(code.bytes(), function.code().offset());
    }

    @Override
    public void instruction(Instruction instruction, Immediates immediates, int offset) {
      if (called) {
        copy(offset - start);
        comeBack();
        called = false;
      }
      if (!nan.isEmpty() && !hides(instruction)) {
        copy(offset - start);
        makeCanonical(nan);
      }
      nan = numbers && mayMakeNan(instruction) ? type(instruction) : "";
      boolean cycle =
          switch (instruction.form()) {
            case CALL -> cycles.has(index, immediates.index(IndexSpace.FUNCTION));
            case CALL_INDIRECT -> cycles.hasIndirect(index);
            default -> false;
          };
      if (cycle) {
        copy(offset - start);
        goDeeper();
        called = true;
      }
      if (afterLoop) {
        copy(offset - start);
        goRound();
      }
      afterLoop = instruction.form() == Instruction.Form.LOOP;
    }

    private void copy(int to) {
      body.write(source.array(), source.from() + copied, to - copied);
      copied = to;
    }

    private void goDeeper() {
      emit(
          new Assembler(0)
              .emit("global.get", depth)
              .emit("i32.const", 1)
              .emit("i32.add")
              .emit("global.set", depth)
              .emit("global.get", depth)
              .emit("i32.const", deepest)
              .emit("i32.gt_u"));
      stopIf(TOO_DEEP);
      goRound();
    }

    private void comeBack() {
      emit(
          new Assembler(0)
              .emit("global.get", depth)
              .emit("i32.const", 1)
              .emit("i32.sub")
              .emit("global.set", depth));
    }

    private void goRound() {
      emit(
          new Assembler(0)
              .emit("global.get", rounds)
              .emit("i32.const", 1)
              .emit("i32.sub")
              .emit("global.set", rounds)
              .emit("global.get", rounds)
              .emit("i32.eqz"));
      stopIf(WITHOUT_END);
    }

    private void stopIf(int why) {
      emit(
          new Assembler(0)
              .emit("if", Assembler.NO_TYPE)
              .emit("i32.const", why)
              .emit("global.set", reached)
              .emit("unreachable")
              .emit("end"));
    }

    /** The number on top, or the one NaN if it is any. */
    private void makeCanonical(String type) {
      boolean wide = type.startsWith("f64");
      boolean vector = !isNumeric(type);
      int local = local(vector ? ValueType.V128 : wide ? ValueType.F64 : ValueType.F32);
      Assembler code = new Assembler(0).emit("local.tee", local);
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
      code.emit("local.get", local).emit("local.get", local).emit(type + ".eq");
      if (vector) {
        emit(code.emit("v128.bitselect"));
      } else {
        emit(code);
        body.write(SELECT);
      }
    }

    private int local(ValueType type) {
      if (!added.contains(type)) {
        added.add(type);
      }
      return locals + added.indexOf(type);
    }

    private void emit(Assembler instructions) {
      instructions.writeTo(body);
    }
  }
}
