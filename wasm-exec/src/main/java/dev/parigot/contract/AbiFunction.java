package dev.parigot.contract;

import dev.parigot.wasm.FunctionType;
import java.util.List;

/**
 * A function that modules may import.
 *
 * @param module its import module; a star at the end stands for the name of a service
 * @param name a star stands for any method
 * @param parameters the names of its parameters
 * @param importers which modules may import it: service, command, plain, test
 * @param doc what it does, in a sentence
 */
public record AbiFunction(
    String module,
    String name,
    FunctionType type,
    List<String> parameters,
    List<String> importers,
    String doc) {
  public AbiFunction {
    parameters = List.copyOf(parameters);
    importers = List.copyOf(importers);
  }
}
