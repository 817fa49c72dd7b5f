package dev.parigot.manifest;

/**
 * One mistake in a manifest.
 *
 * @param line from 1
 * @param column from 1
 * @param what is wrong
 * @param next what was expected, or the nearest valid name; empty if that is plain
 */
public record Mistake(int line, int column, String what, String next) {
  @Override
  public String toString() {
    return "line " + line + ":" + column + ": " + what + (next.isEmpty() ? "" : " " + next);
  }
}
