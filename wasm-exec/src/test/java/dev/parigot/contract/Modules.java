package dev.parigot.contract;

import dev.parigot.wasm.Bytes;
import dev.parigot.wasm.Export;
import dev.parigot.wasm.Expression;
import dev.parigot.wasm.ExternalKind;
import dev.parigot.wasm.ExternalType;
import dev.parigot.wasm.Function;
import dev.parigot.wasm.FunctionType;
import dev.parigot.wasm.Import;
import dev.parigot.wasm.Limits;
import dev.parigot.wasm.Offset;
import dev.parigot.wasm.ValueType;
import dev.parigot.wasm.WasmModule;
import dev.parigot.wasm.WasmReader;
import dev.parigot.wasm.WasmWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Puts modules together for tests: what they import and export, with bodies that do nothing. */
final class Modules {
  private final List<FunctionType> types = new ArrayList<>();
  private final List<Import> imports = new ArrayList<>();
  private final List<Function> functions = new ArrayList<>();
  private final List<ExternalType.OfMemory> memories = new ArrayList<>();
  private final List<Export> exports = new ArrayList<>();

  static Modules module() {
    return new Modules();
  }

  /** A service with one method. */
  static Modules service(String method) {
    return module().memory().function("parigot_alloc", "i32", "i32").method(method);
  }

  Modules imports(String module, String name, String params, String results) {
    types.add(new FunctionType(values(params), values(results)));
    return imports(module, name, new ExternalType.OfFunction(types.size() - 1));
  }

  Modules imports(String module, String name, ExternalType type) {
    imports.add(new Import(module, name, type, Offset.NONE));
    return this;
  }

  Modules calls(String service, String method) {
    return imports("parigot:service/" + service, method, "i32 i32", "i64");
  }

  Modules starts(String service, String method) {
    return imports("parigot:async/" + service, method, "i32 i32", "i32");
  }

  Modules memory() {
    return memory(new Limits(1, null));
  }

  Modules memory(Limits limits) {
    return memory(new ExternalType.OfMemory(limits));
  }

  Modules memory(ExternalType.OfMemory memory) {
    memories.add(memory);
    exports.add(new Export("memory", ExternalKind.MEMORY, memories.size() - 1, Offset.NONE));
    return this;
  }

  Modules method(String name) {
    return function(name, "i32 i32", "i64");
  }

  Modules function(String name, String params, String results) {
    types.add(new FunctionType(values(params), values(results)));
    Bytes unreachable = Bytes.of((byte) 0, (byte) 0, (byte) 0x0b);
    functions.add(new Function(types.size() - 1, new Expression(unreachable, Offset.NONE)));
    // Counted among the functions defined here until all imports are known.
    exports.add(new Export(name, ExternalKind.FUNCTION, functions.size() - 1, Offset.NONE));
    return this;
  }

  /** The module, written and read again, so that it has offsets. */
  WasmModule build() {
    int imported = (int) imports.stream().filter(Modules::isFunction).count();
    List<Export> counted =
        exports.stream()
            .map(each ->
                each.kind() == ExternalKind.FUNCTION
                    ? new Export(each.name(), each.kind(), each.index() + imported, each.offset())
                    : each)
            .toList();
    return WasmReader.read(
        WasmWriter.write(
            new WasmModule(
                types, imports, functions, List.of(), memories, List.of(), counted, null, List.of(),
                List.of(), false, List.of())));
  }

  Contract contract() {
    return Contract.of(build(), Role.SERVICE);
  }

  private static boolean isFunction(Import each) {
    return each.type().kind() == ExternalKind.FUNCTION;
  }

  private static List<ValueType> values(String names) {
    return Stream.of(names.split(" "))
        .filter(name -> !name.isEmpty())
        .map(name -> ValueType.valueOf(name.toUpperCase(Locale.ROOT)))
        .toList();
  }
}
