package dev.parigot.manifest;

import java.util.List;

/** An app whose manifest or modules are wrong, or don't fit together: every mistake at once. */
public final class MalformedApp extends RuntimeException {
  private final transient List<String> mistakes;

  MalformedApp(List<String> mistakes) {
    super(String.join("\n", mistakes));
    this.mistakes = List.copyOf(mistakes);
  }

  /**
   * Each with its place, a line of the manifest or an offset in a module's file, and what to do
   * about it; never empty.
   */
  public List<String> mistakes() {
    return mistakes;
  }
}
