package dev.parigot.contract;

/**
 * One way in which a module breaks the contract.
 *
 * @param offset in bytes from the start of the module's file; -1 for the file as a whole
 * @param what what is wrong
 * @param next what to do about it; empty if that is plain
 */
public record Violation(long offset, String what, String next) {
  @Override
  public String toString() {
    String place = offset < 0 ? "" : "byte " + offset + ": ";
    return place + what + (next.isEmpty() ? "" : " " + next);
  }
}
