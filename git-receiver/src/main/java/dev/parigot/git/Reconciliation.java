package dev.parigot.git;

import dev.parigot.release.Release;
import dev.parigot.release.Releases;
import java.util.stream.Stream;

/**
 * Settles the releases that were being launched when the platform last ended. A push is accepted
 * when its branch has moved: such a release is live, any other one failed.
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
        && Stream.of(Repositories.MAIN, Repositories.MASTER)
            .flatMap(branch -> repositories.head(release.app(), branch).stream())
            .anyMatch(release.commit()::equals);
  }
}
