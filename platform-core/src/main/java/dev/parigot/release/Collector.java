package dev.parigot.release;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Removes the releases beyond those that are kept, and then the artifacts that nothing names any
 * more. Runs beside deployments, on any number of nodes at a time, and may end at any moment: see
 * DESIGN.md.
 */
public final class Collector {
  /** The fewest that can be kept: files of the newest ones need not be sent again. */
  public static final int FEWEST_KEPT = 10;

  /** How long a release outlives its end, and an artifact the moment in which it was named. */
  static final Duration GRACE = Duration.ofDays(1);

  private static final int AT_ONCE = 1_000;

  private final Releases releases;
  private final Artifacts artifacts;
  private final Ledger ledger;
  private final List<Naming> namings;
  private final int kept;
  private final Clock clock;

  /**
   * @param namings all that artifacts are needed for, beside releases
   * @param kept how many releases of an app that were live are kept, and as many that failed
   */
  public Collector(
      Releases releases,
      Artifacts artifacts,
      Ledger ledger,
      List<Naming> namings,
      int kept,
      Clock clock) {
    if (kept < FEWEST_KEPT) {
      throw new IllegalArgumentException(
          "at least " + FEWEST_KEPT + " releases are kept, not " + kept);
    }
    this.releases = releases;
    this.artifacts = artifacts;
    this.ledger = ledger;
    this.namings = List.copyOf(namings);
    this.kept = kept;
    this.clock = clock;
  }

  /** What was removed; bytes are those of the artifacts. */
  public record Collected(int releases, int artifacts, long bytes) {}

  /** Removes what can be removed now. Throws, with the rest untouched, if something fails. */
  public Collected collect() {
    Instant before = clock.instant().minus(GRACE);
    int gone = releases.removeBeyond(kept, before);
    Marks marks = new Marks();
    releases.tell(marks::add);
    namings.forEach(naming -> naming.tell(marks::add));
    int removed = 0;
    long bytes = 0;
    String after = "";
    List<Ledger.Old> part;
    do {
      part = ledger.namedBefore(before, after, AT_ONCE);
      for (Ledger.Old old : part) {
        after = old.digest();
        if (!marks.has(old.digest()) && artifacts.remove(old.digest(), before)) {
          removed++;
          bytes += old.size();
        }
      }
    } while (part.size() == AT_ONCE);
    return new Collected(gone, removed, bytes);
  }
}
