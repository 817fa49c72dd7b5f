package dev.parigot.wasm;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A module that becomes another one. What is added comes last: all that was there keeps its index.
 */
final class ModuleEditor {
  private final WasmModule original;
  private final List<FunctionType> types;
  private final List<Global> globals;
  private final List<Export> exports;
  private List<Function> functions;
  private List<ExternalType.OfTable> tables;
  private List<ExternalType.OfMemory> memories;
  private @Nullable Integer start;

  ModuleEditor(WasmModule original) {
    this.original = original;
    types = new ArrayList<>(original.types());
    functions = new ArrayList<>(original.functions());
    tables = new ArrayList<>(original.tables());
    memories = new ArrayList<>(original.memories());
    globals = new ArrayList<>(original.globals());
    exports = new ArrayList<>(original.exports());
    start = original.start();
  }

  /** Adds a global and answers its index. */
  int global(Global global) {
    globals.add(global);
    return original.imported(ExternalKind.GLOBAL) + globals.size() - 1;
  }

  /** Adds a number that the module can change, and answers its index. */
  int counter(int initial) {
    return global(
        new Global(new ExternalType.OfGlobal(ValueType.I32, true), Assembler.constant(initial)));
  }

  /** Adds a memory and answers its index. */
  int memory(ExternalType.OfMemory memory) {
    memories.add(memory);
    return original.imported(ExternalKind.MEMORY) + memories.size() - 1;
  }

  /** Adds a function that takes and gives nothing, and answers its index. */
  int function(Expression code) {
    FunctionType type = new FunctionType(List.of(), List.of());
    if (!types.contains(type)) {
      types.add(type);
    }
    functions.add(new Function(types.indexOf(type), code));
    return original.imported(ExternalKind.FUNCTION) + functions.size() - 1;
  }

  ModuleEditor export(String name, ExternalKind kind, int index) {
    exports.add(new Export(name, kind, index, Offset.NONE));
    return this;
  }

  ModuleEditor functions(List<Function> others) {
    functions = others;
    return this;
  }

  ModuleEditor tables(List<ExternalType.OfTable> others) {
    tables = others;
    return this;
  }

  ModuleEditor memories(List<ExternalType.OfMemory> others) {
    memories = others;
    return this;
  }

  ModuleEditor withoutStart() {
    start = null;
    return this;
  }

  WasmModule edited() {
    return new WasmModule(
        types,
        original.imports(),
        functions,
        tables,
        memories,
        globals,
        exports,
        start,
        original.elements(),
        original.data(),
        original.dataCount(),
        original.customs());
  }
}
