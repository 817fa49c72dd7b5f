package dev.parigot.wasm;

import java.util.List;

/** References to put into tables. */
public record ElementSegment(Mode mode, ValueType type, Items items) {
  /** When the references are put where. */
  public sealed interface Mode {
    /** At instantiation, into a table. */
    record Active(int table, Expression at) implements Mode {}

    /** When the module says so. */
    record Passive() implements Mode {}

    /** Never: it only declares that the functions are referred to. */
    record Declarative() implements Mode {}
  }

  /** How the references are written down. */
  public sealed interface Items {
    /** By function index. */
    record Functions(List<Integer> indices) implements Items {
      public Functions {
        indices = List.copyOf(indices);
      }
    }

    /** By constant expressions. */
    record Expressions(List<Expression> expressions) implements Items {
      public Expressions {
        expressions = List.copyOf(expressions);
      }
    }
  }
}
