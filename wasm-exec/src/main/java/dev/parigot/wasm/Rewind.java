package dev.parigot.wasm;

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
    return module.functions().stream()
        .anyMatch(each -> each.hasAny(instruction -> LASTING.contains(instruction.name())));
  }

  private static WasmModule edited(WasmModule module) {
    ModuleEditor editor = new ModuleEditor(module);
    Assembler note = new Assembler(0);
    Assembler restore = new Assembler(0);
    for (int index = 0; index < module.globals().size(); index++) {
      Global global = module.globals().get(index);
      if (global.type().mutable()) {
        // It begins as the other one, only so as to begin as something of its type.
        int noted = editor.global(global);
        note.emit("global.get", index).emit("global.set", noted);
        restore.emit("global.get", noted).emit("global.set", index);
      }
    }
    editor
        .export(NOTE, ExternalKind.FUNCTION, editor.function(note.function()))
        .export(RESTORE, ExternalKind.FUNCTION, editor.function(restore.function()));
    for (int index = 0; index < module.memories().size(); index++) {
      editor.export(memory(index), ExternalKind.MEMORY, index);
    }
    return editor.edited();
  }
}
