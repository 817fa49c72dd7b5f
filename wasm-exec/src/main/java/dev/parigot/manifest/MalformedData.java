package dev.parigot.manifest;

import static java.util.stream.Collectors.joining;

import java.util.List;

/** Starting data that is wrong: every mistake at once. */
public final class MalformedData extends RuntimeException {
  private final transient List<Mistake> mistakes;

  MalformedData(List<Mistake> mistakes) {
    super(mistakes.stream().map(Mistake::toString).collect(joining("\n")));
    this.mistakes = List.copyOf(mistakes);
  }

  /** By line; never empty. */
  public List<Mistake> mistakes() {
    return mistakes;
  }
}
