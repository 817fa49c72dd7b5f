package dev.parigot.host;

import org.graalvm.polyglot.proxy.ProxyExecutable;
import org.jspecify.annotations.Nullable;

/**
 * One import module of the ABI, for one instance. Its functions trust the number and the types of
 * their arguments: the module's contract has been checked.
 */
interface ImportModule {
  /** Null if the module has no such function. */
  @Nullable ProxyExecutable function(String name);
}
