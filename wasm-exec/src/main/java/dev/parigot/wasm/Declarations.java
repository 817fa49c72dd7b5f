package dev.parigot.wasm;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** The types of what the indices in the code of a module count; values' by their ordinals. */
final class Declarations {
  private final byte[][] params;
  private final byte[][] results;
  private final int[] functions;
  private final byte[] globals;
  private final boolean[] mutable;
  private final byte[] tables;
  private final byte[] memories;
  private final byte[] elements;
  private final int importedGlobals;
  private final int importedFunctions;

  /** The functions that code may make references to. */
  private final BitSet referable = new BitSet();

  Declarations(WasmModule module) {
    params = new byte[module.types().size()][];
    results = new byte[module.types().size()][];
    for (int i = 0; i < params.length; i++) {
      params[i] = ordinals(module.types().get(i).params());
      results[i] = ordinals(module.types().get(i).results());
    }
    List<Integer> functionTypes = new ArrayList<>();
    List<ExternalType.OfGlobal> globalTypes = new ArrayList<>();
    List<ValueType> tableTypes = new ArrayList<>();
    List<ValueType> memoryTypes = new ArrayList<>();
    for (Import each : module.imports()) {
      switch (each.type()) {
        case ExternalType.OfFunction function -> functionTypes.add(function.type());
        case ExternalType.OfGlobal global -> globalTypes.add(global);
        case ExternalType.OfTable table -> tableTypes.add(table.element());
        case ExternalType.OfMemory memory -> memoryTypes.add(memory.address());
      }
    }
    importedGlobals = globalTypes.size();
    importedFunctions = functionTypes.size();
    module.functions().forEach(each -> functionTypes.add(each.type()));
    module.globals().forEach(each -> globalTypes.add(each.type()));
    module.tables().forEach(each -> tableTypes.add(each.element()));
    module.memories().forEach(each -> memoryTypes.add(each.address()));
    functions = functionTypes.stream().mapToInt(Integer::intValue).toArray();
    globals = ordinals(globalTypes.stream().map(ExternalType.OfGlobal::value).toList());
    mutable = new boolean[globals.length];
    for (int i = 0; i < mutable.length; i++) {
      mutable[i] = globalTypes.get(i).mutable();
    }
    tables = ordinals(tableTypes);
    memories = ordinals(memoryTypes);
    elements = ordinals(module.elements().stream().map(ElementSegment::type).toList());
    for (Export each : module.exports()) {
      if (each.kind() == ExternalKind.FUNCTION) {
        referable.set(each.index());
      }
    }
  }

  private static byte[] ordinals(List<ValueType> types) {
    byte[] ordinals = new byte[types.size()];
    for (int i = 0; i < ordinals.length; i++) {
      ordinals[i] = (byte) types.get(i).ordinal();
    }
    return ordinals;
  }

  byte[] params(int type) {
    return params[type];
  }

  byte[] results(int type) {
    return results[type];
  }

  /** The index of a function's type. */
  int function(int index) {
    return functions[index];
  }

  int importedFunctions() {
    return importedFunctions;
  }

  byte global(int index) {
    return globals[index];
  }

  boolean isMutable(int global) {
    return mutable[global];
  }

  boolean isImported(int global) {
    return global < importedGlobals;
  }

  /** The type of a table's elements. */
  byte table(int index) {
    return tables[index];
  }

  /** The type of a memory's addresses. */
  byte memory(int index) {
    return memories[index];
  }

  /** The type of an element segment's references. */
  byte element(int index) {
    return elements[index];
  }

  void refer(int function) {
    referable.set(function);
  }

  boolean isReferable(int function) {
    return referable.get(function);
  }
}
