package dev.parigot.source;

/**
 * A line of a source file.
 *
 * @param file as the compiler names it
 * @param line from 1
 */
public record SourceLine(String file, int line) {
  @Override
  public String toString() {
    return file + ":" + line;
  }
}
