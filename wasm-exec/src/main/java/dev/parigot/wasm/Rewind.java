package dev.parigot.wasm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Edits a module so that whoever has an instance of it can bring it back to how it was: its globals
 * by two functions that the module gets, its memories, which it exports, from outside. What the
 * module computes stays the same, and its code where it was.
 */
public final class Rewind {
  /** The export of the function that notes the values of all globals. */
  public static final String NOTE = "parigot note globals";

  /** The export of the function that gives them the values again that were noted. */
  public static final String RESTORE = "parigot restore globals";

  private static final String OURS = "parigot ";
  private static final String MEMORY = OURS + "memory ";

  /**
   * What changes a state that can't be brought back: a table, and which segments can still be used.
   */
  private static final Set<String> LASTING =
      Set.of(
          "table.set",
          "table.grow",
          "table.fill",
          "table.copy",
          "table.init",
          "elem.drop",
          "data.drop");

  private Rewind() {}

  /** The export of a memory, by its index. */
  public static String memory(int index) {
    return MEMORY + index;
  }

  /**
   * The module with what it takes; empty if it has a state that nothing would bring back: a table
   * that it changes, segments that it drops, a memory of 64 bits, something other than functions
   * that it imports. Also empty if one of its exports has a name of ours.
   */
  public static Optional<WasmModule> laidIn(WasmModule module) {
    boolean alone =
        module.imports().stream().allMatch(each -> each.type().kind() == ExternalKind.FUNCTION);
    boolean named = module.exports().stream().anyMatch(each -> each.name().startsWith(OURS));
    boolean narrow = module.memories().stream().noneMatch(ExternalType.OfMemory::isWide);
    return alone && !named && narrow && !changesWhatLasts(module)
        ? Optional.of(edited(module))
        : Optional.empty();
  }

  private static boolean changesWhatLasts(WasmModule module) {
    boolean[] found = new boolean[1];
    TypeReader types = new TypeReader();
    Locals locals = new Locals();
    InstructionWalker walker =
        new InstructionWalker(
            (_, _, _) -> {},
            types,
            (instruction, _, _) -> found[0] |= LASTING.contains(instruction.name()));
    for (Function each : module.functions()) {
      Input in = new Input(each.code().bytes(), each.code().offset(), "function");
      locals.read(in, types);
      walker.walk(in);
    }
    return found[0];
  }

  private static WasmModule edited(WasmModule module) {
    List<Global> globals = new ArrayList<>(module.globals());
    Assembler note = new Assembler(0);
    Assembler restore = new Assembler(0);
    for (int index = 0; index < module.globals().size(); index++) {
      Global global = module.globals().get(index);
      if (global.type().mutable()) {
        int noted = globals.size();
        // It begins as the other one, only so as to begin as something of its type.
        globals.add(global);
        note.emit("global.get", index).emit("global.set", noted);
        restore.emit("global.get", noted).emit("global.set", index);
      }
    }
    List<FunctionType> types = new ArrayList<>(module.types());
    FunctionType nothing = new FunctionType(List.of(), List.of());
    if (!types.contains(nothing)) {
      types.add(nothing);
    }
    int type = types.indexOf(nothing);
    List<Function> functions = new ArrayList<>(module.functions());
    functions.add(new Function(type, note.function()));
    functions.add(new Function(type, restore.function()));
    int next = module.imports().size() + module.functions().size();
    List<Export> exports = new ArrayList<>(module.exports());
    exports.add(new Export(NOTE, ExternalKind.FUNCTION, next, Offset.NONE));
    exports.add(new Export(RESTORE, ExternalKind.FUNCTION, next + 1, Offset.NONE));
    for (int index = 0; index < module.memories().size(); index++) {
      exports.add(new Export(memory(index), ExternalKind.MEMORY, index, Offset.NONE));
    }
    return new WasmModule(
        types,
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
}
