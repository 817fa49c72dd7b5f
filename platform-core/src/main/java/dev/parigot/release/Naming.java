package dev.parigot.release;

import java.util.function.Consumer;

/** Something that artifacts are kept for. */
@FunctionalInterface
public interface Naming {
  /**
   * Tells the digest of every artifact that it needs, some maybe more than once. If it can't, it
   * throws: then nothing is collected.
   */
  void tell(Consumer<String> digests);
}
