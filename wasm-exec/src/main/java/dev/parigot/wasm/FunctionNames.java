package dev.parigot.wasm;

/** What a module calls its functions, for stacks: from its name section, else from its exports. */
public final class FunctionNames {
  private FunctionNames() {}

  public static FunctionNames of(WasmModule module) {
    throw new AssertionError("skeleton");
  }

  /** The name of a function, or {@code func[index]} if it has none. */
  public String name(int index) {
    throw new AssertionError("skeleton");
  }
}
