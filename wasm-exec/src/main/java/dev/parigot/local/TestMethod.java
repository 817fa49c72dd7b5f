package dev.parigot.local;

/** A test: a method of a test module whose name begins with {@code test}. */
public record TestMethod(String module, String method) {
  @Override
  public String toString() {
    return module + "." + method;
  }
}
