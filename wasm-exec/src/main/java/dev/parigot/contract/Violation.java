package dev.parigot.contract;

import dev.parigot.wasm.Place;
import org.jspecify.annotations.Nullable;

/**
 * One way in which a module breaks the contract.
 *
 * @param place in the module's file; null for the file as a whole
 * @param what what is wrong
 * @param next what to do about it; empty if that is plain
 */
public record Violation(@Nullable Place place, String what, String next) {
  /** In bytes from the start of the file; -1 for the file as a whole. */
  public long offset() {
    return place == null ? -1 : place.offset();
  }

  @Override
  public String toString() {
    return (place == null ? "" : place + ": ") + what + (next.isEmpty() ? "" : ". " + next);
  }
}
