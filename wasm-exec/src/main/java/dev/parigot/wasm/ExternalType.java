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

  /**
   * A linear memory, its limits in pages of 64 KiB.
   *
   * @param address the type of its addresses: i32, or i64 in a 64-bit memory
   */
  record OfMemory(Limits limits, ValueType address, Offset offset) implements ExternalType {
    /** One of 32 bits that is not read from a file. */
    public OfMemory(Limits limits) {
      this(limits, ValueType.I32, Offset.NONE);
    }

    public OfMemory withLimits(Limits newLimits) {
      return new OfMemory(newLimits, address, offset);
    }

    /** Whether its addresses have 64 bits. */
    public boolean isWide() {
      return address == ValueType.I64;
    }

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
