package dev.parigot.wasm;

/** The type of something that a module can import. */
public sealed interface ExternalType {
  ExternalKind kind();

  /** A function, by the index of its type. */
  record OfFunction(int type) implements ExternalType {
    @Override
    public ExternalKind kind() {
      return ExternalKind.FUNCTION;
    }
  }

  /** A table of references. */
  record OfTable(ValueType element, Limits limits) implements ExternalType {
    @Override
    public ExternalKind kind() {
      return ExternalKind.TABLE;
    }
  }

  /** A linear memory, its limits in pages of 64 KiB. */
  record OfMemory(Limits limits) implements ExternalType {
    @Override
    public ExternalKind kind() {
      return ExternalKind.MEMORY;
    }
  }

  /** A global variable. */
  record OfGlobal(ValueType value, boolean mutable) implements ExternalType {
    @Override
    public ExternalKind kind() {
      return ExternalKind.GLOBAL;
    }
  }
}
