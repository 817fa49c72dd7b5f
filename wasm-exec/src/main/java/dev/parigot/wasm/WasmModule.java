package dev.parigot.wasm;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A core WASM module as data. Two are equal if they mean the same, wherever their parts stood in
 * their files. Indices count imports first, as they do in the binary format.
 *
 * @param start the index of the function that runs at instantiation
 * @param dataCount whether the module tells its number of data segments ahead of its code
 */
public record WasmModule(
    List<FunctionType> types,
    List<Import> imports,
    List<Function> functions,
    List<ExternalType.OfTable> tables,
    List<ExternalType.OfMemory> memories,
    List<Global> globals,
    List<Export> exports,
    @Nullable Integer start,
    List<ElementSegment> elements,
    List<DataSegment> data,
    boolean dataCount,
    List<CustomSection> customs) {
  public WasmModule {
    types = List.copyOf(types);
    imports = List.copyOf(imports);
    functions = List.copyOf(functions);
    tables = List.copyOf(tables);
    memories = List.copyOf(memories);
    globals = List.copyOf(globals);
    exports = List.copyOf(exports);
    elements = List.copyOf(elements);
    data = List.copyOf(data);
    customs = List.copyOf(customs);
  }

  /** The number of imports of a kind; what the module defines itself is counted from there. */
  public int imported(ExternalKind kind) {
    return (int) imports.stream().filter(each -> each.type().kind() == kind).count();
  }

  /** The type of a function, imported or defined. */
  public FunctionType functionType(int index) {
    int imported = imported(ExternalKind.FUNCTION);
    if (index >= imported) {
      return types.get(functions.get(index - imported).type());
    }
    return imports.stream()
        .map(Import::type)
        .filter(ExternalType.OfFunction.class::isInstance)
        .map(ExternalType.OfFunction.class::cast)
        .skip(index)
        .findFirst()
        .map(type -> types.get(type.type()))
        .orElseThrow();
  }

  public Optional<Export> export(String name) {
    return exports.stream().filter(each -> each.name().equals(name)).findFirst();
  }

  /** The type of the function exported under a name, if there is one. */
  public Optional<FunctionType> exportedFunction(String name) {
    return export(name)
        .filter(each -> each.kind() == ExternalKind.FUNCTION)
        .map(each -> functionType(each.index()));
  }

  /**
   * The same module without its start function, which it exports under a name instead: while a
   * start function runs, nothing of its instance can be reached yet.
   */
  public WasmModule withStartExported(String name) {
    return start == null
        ? this
        : new ModuleEditor(this).export(name, ExternalKind.FUNCTION, start).withoutStart().edited();
  }
}
