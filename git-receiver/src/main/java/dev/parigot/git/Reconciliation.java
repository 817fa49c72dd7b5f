package dev.parigot.git;

import dev.parigot.release.Release;
import dev.parigot.release.Releases;
import java.util.stream.Stream;

/**
 * Settles the releases that were being launched when the platform last ended. A push is accepted
 * when its branch has moved, which it does once its release was seen to start: such a release is
 * live, any other one failed. A rollback or a new configuration may have the commit of the branch
 * too, but no branch moves for it.
 */
public final class Reconciliation {
  private final Repositories repositories;
  private final Releases releases;

  public Reconciliation(Repositories repositories, Releases releases) {
    this.repositories = repositories;
    this.releases = releases;
  }

  /** Call it at start, after the sweep and before live releases are brought back. */
  public void run() {
    releases.starting().forEach(this::settle);
  }

  private void settle(Release release) {
    if (accepted(release)) {
      releases.markLive(release);
    } else {
      releases.markFailed(release, "the platform ended while it was being launched");
    }
  }

  private boolean accepted(Release release) {
    return release.commit() != null
        && release.origin() instanceof Release.Origin.Push
        && releases.isProved(release)
        && Stream.of(Repositories.MAIN, Repositories.MASTER)
            .flatMap(branch -> repositories.head(release.app(), branch).stream())
            .anyMatch(release.commit()::equals);
  }
}
