package dev.parigot.git;

import dev.parigot.app.App;
import dev.parigot.app.AppId;
import dev.parigot.app.Apps;
import dev.parigot.app.Branch;
import dev.parigot.app.Situation;
import dev.parigot.release.Release;
import dev.parigot.release.Releases;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.Constants;

/**
 * Settles the releases that were being launched when the platform last ended. A push is accepted
 * when its branch has moved, which it does once its release was seen to start: such a release is
 * live, any other one failed. A rollback or a new configuration may have the commit of the branch
 * too, but no branch moves for it.
 */
public final class Reconciliation {
  private final Repositories repositories;
  private final Apps apps;
  private final Releases releases;

  public Reconciliation(Repositories repositories, Apps apps, Releases releases) {
    this.repositories = repositories;
    this.apps = apps;
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
      apps.byId(release.app()).filter(this::isLeftOver).ifPresent(apps::delete);
    }
  }

  /** A staging situation that was made for a push which was not accepted. */
  private boolean isLeftOver(App app) {
    return app.situation() instanceof Situation.Staging
        && releases.live(app.id()).isEmpty()
        && heads(app).findAny().isEmpty();
  }

  private boolean accepted(Release release) {
    return release.commit() != null
        && release.origin() instanceof Release.Origin.Push
        && releases.isProved(release)
        && apps.byId(release.app()).stream()
            .flatMap(this::heads)
            .anyMatch(release.commit()::equals);
  }

  /** The commits that the branches are at which deploy to where the app runs. */
  private Stream<String> heads(App app) {
    return switch (app.situation()) {
      case Situation.Production _ ->
          Stream.of(Repositories.MAIN, Repositories.MASTER)
              .flatMap(branch -> repositories.head(app.id(), branch).stream());
      case Situation.Staging(AppId of, Branch branch) ->
          repositories.head(of, Constants.R_HEADS + branch.name()).stream();
    };
  }
}
