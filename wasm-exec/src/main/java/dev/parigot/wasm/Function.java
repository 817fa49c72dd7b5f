package dev.parigot.wasm;

import java.util.List;

/**
 * A function that the module defines.
 *
 * @param type the index of its type
 */
public record Function(int type, List<Locals> locals, Expression body) {
  public Function {
    locals = List.copyOf(locals);
  }

  /** A run of local variables of one type. {@code count} is unsigned. */
  public record Locals(int count, ValueType type) {}
}
