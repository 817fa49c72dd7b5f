package dev.parigot.web.console.staging;

import dev.parigot.app.App;
import dev.parigot.app.Stagings;
import dev.parigot.fleet.Fleet;
import dev.parigot.pipeline.Pipeline;
import dev.parigot.release.Difference;
import dev.parigot.release.Release;
import dev.parigot.release.Releases;
import dev.parigot.web.console.app.AppFacts;
import java.util.List;
import java.util.Optional;

/** Reads what is in staging, and compares it with production. */
public final class Overview {
  private final Stagings stagings;
  private final Releases releases;
  private final Fleet fleet;
  private final Pipeline pipeline;

  public Overview(Stagings stagings, Releases releases, Fleet fleet, Pipeline pipeline) {
    this.stagings = stagings;
    this.releases = releases;
    this.fleet = fleet;
    this.pipeline = pipeline;
  }

  /** The branches of the app, by name. */
  List<Staged> of(App production) {
    Release.Contents live = contents(production);
    return stagings.of(production).stream().map(app -> read(app, live)).toList();
  }

  /** What a promotion of that release in staging would change; a {@code Problem} if it can't be. */
  Difference promised(App production, Release tried) {
    return Difference.between(contents(production), pipeline.promoted(production, tried));
  }

  private Staged read(App app, Release.Contents production) {
    AppFacts facts =
        AppFacts.brief(
            app,
            releases.live(app.id()),
            releases.of(app.id(), 0, 1).stream().findFirst(),
            fleet.status(app.id()));
    return new Staged(
        app,
        facts.state(),
        facts.live(),
        facts.live().map(release -> Difference.between(production, release.contents())));
  }

  private Release.Contents contents(App app) {
    Optional<Release> live = releases.live(app.id());
    return live.map(Release::contents).orElseGet(() -> Release.Contents.of(List.of()));
  }
}
