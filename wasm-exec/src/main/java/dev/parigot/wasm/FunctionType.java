package dev.parigot.wasm;

import static java.util.stream.Collectors.joining;

import java.util.List;

/** The parameters and results of a function. */
public record FunctionType(List<ValueType> params, List<ValueType> results) {
  public FunctionType {
    params = List.copyOf(params);
    results = List.copyOf(results);
  }

  /** As users read it: {@code (i32, i32) -> i64}; {@code ()} for a result of none. */
  @Override
  public String toString() {
    String left = list(params);
    return switch (results.size()) {
      case 0 -> left;
      case 1 -> left + " -> " + results.getFirst();
      default -> left + " -> " + list(results);
    };
  }

  private static String list(List<ValueType> types) {
    return types.stream().map(ValueType::toString).collect(joining(", ", "(", ")"));
  }
}
