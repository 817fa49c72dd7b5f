package dev.parigot.engine;

import org.graalvm.polyglot.Value;
import org.jspecify.annotations.Nullable;

/**
 * What an instance exports for one of its services.
 *
 * @param prefix of the names, empty unless the service was wound
 */
record Exports(Value all, String prefix) {
  /** What must be there, as the service's contract has it. */
  Value get(String name) {
    return all.getMember(prefix + name);
  }

  @Nullable Value find(String name) {
    return all.getMember(prefix + name);
  }
}
