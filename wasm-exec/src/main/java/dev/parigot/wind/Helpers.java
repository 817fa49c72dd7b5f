package dev.parigot.wind;

import dev.parigot.wasm.Expression;
import dev.parigot.wasm.FunctionType;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The functions that thunks share, each made when the first one needs it. */
final class Helpers {
  private final Layout layout;
  private final Map<String, Integer> indices = new HashMap<>();
  private final SortedMap<Integer, Helper> made = new TreeMap<>();

  /** One of them. */
  record Helper(String name, FunctionType type, Expression code) {}

  Helpers(Layout layout) {
    this.layout = layout;
  }

  /** The index of the function of that name; it may need others, but not itself. */
  int index(String name, FunctionType type, Supplier<Expression> code) {
    Integer known = indices.get(name);
    if (known != null) {
      return known;
    }
    int index = layout.addFunction();
    indices.put(name, index);
    made.put(index, new Helper(name, type, code.get()));
    return index;
  }

  /** All of them by index, without gaps. */
  SortedMap<Integer, Helper> made() {
    return made;
  }
}
