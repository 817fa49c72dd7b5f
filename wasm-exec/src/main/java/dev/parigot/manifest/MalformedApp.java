package dev.parigot.manifest;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An app whose manifest or modules are wrong, or don't fit together: every mistake at once. */
public final class MalformedApp extends RuntimeException {
  private final transient List<String> mistakes;
  private final transient @Nullable Blueprint legible;

  MalformedApp(List<String> mistakes, @Nullable Blueprint legible) {
    super(String.join("\n", mistakes));
    this.mistakes = List.copyOf(mistakes);
    this.legible = legible;
  }

  /**
   * Each with its place, a line of the manifest or an offset in a module's file, and what to do
   * about it; never empty.
   */
  public List<String> mistakes() {
    return mistakes;
  }

  /**
   * What of it could be read, for whoever has more to check: the legible part of the manifest, and
   * the modules that are right by themselves. Empty if the manifest is not legible at all.
   */
  public Optional<Blueprint> legible() {
    return Optional.ofNullable(legible);
  }
}
