package dev.parigot.wasm;

/** How often the code of a module names each of its functions. */
public final class FunctionUses {
  private FunctionUses() {}

  /** The counts by index, imports first. */
  public static int[] of(WasmModule module) {
    int[] counts = new int[module.imported(ExternalKind.FUNCTION) + module.functions().size()];
    for (Function each : module.functions()) {
      each.walk((instruction, immediates, _) -> {
        switch (instruction.form()) {
          case CALL, REF_FUNC -> counts[immediates.index(IndexSpace.FUNCTION)]++;
          default -> {}
        }
      });
    }
    return counts;
  }
}
