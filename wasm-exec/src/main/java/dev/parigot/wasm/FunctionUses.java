package dev.parigot.wasm;

/** How often the code of a module names each of its functions. */
public final class FunctionUses {
  private FunctionUses() {}

  /** The counts by index, imports first. */
  public static int[] of(WasmModule module) {
    int[] counts = new int[module.imported(ExternalKind.FUNCTION) + module.functions().size()];
    TypeReader types = new TypeReader();
    Locals locals = new Locals();
    InstructionWalker walker =
        new InstructionWalker(
            (space, index, _) -> {
              if (space == IndexSpace.FUNCTION) {
                counts[(int) index]++;
              }
            },
            types,
            (_, _, _) -> {});
    for (Function each : module.functions()) {
      Input in = new Input(each.code().bytes(), each.code().offset(), "function");
      locals.read(in, types);
      walker.walk(in);
    }
    return counts;
  }
}
