package dev.parigot.pipeline;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A deployment that runs, as others than the one who deploys see it.
 *
 * @param by the e-mail of who deploys
 * @param steps what it has told so far, oldest first
 */
public record Underway(String by, Instant since, List<String> steps) {
  public Underway {
    steps = List.copyOf(steps);
  }

  Underway then(String step) {
    List<String> more = new ArrayList<>(steps);
    more.add(step);
    return new Underway(by, since, more);
  }
}
