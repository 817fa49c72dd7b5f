package dev.parigot.manifest;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A parigot.toml that is wrong: every mistake at once. */
public final class MalformedManifest extends RuntimeException {
  private final transient List<Mistake> mistakes;
  private final transient @Nullable Manifest legible;

  MalformedManifest(List<Mistake> mistakes, @Nullable Manifest legible) {
    super(mistakes.stream().map(Mistake::toString).collect(joining("\n")));
    this.mistakes = List.copyOf(mistakes);
    this.legible = legible;
  }

  /** By line; never empty. */
  public List<Mistake> mistakes() {
    return mistakes;
  }

  /**
   * What could be read of it all the same, defaults in the place of what is wrong: enough to look
   * for further mistakes in the modules that it names. Empty if it is no TOML.
   */
  public Optional<Manifest> legible() {
    return Optional.ofNullable(legible);
  }
}
