package dev.parigot.web;

import dev.parigot.app.App;
import dev.parigot.app.AppId;
import dev.parigot.app.Apps;
import dev.parigot.app.Branch;
import dev.parigot.app.Situation;
import dev.parigot.app.Stagings;
import dev.parigot.fleet.Fleet;
import dev.parigot.git.Repositories;
import dev.parigot.metering.Metering;
import dev.parigot.observe.Events;
import dev.parigot.observe.Logs;
import java.util.List;

/** The end of an app, or of one of its branches, wherever it has left something. */
public final class AppRemoval {
  private final Apps apps;
  private final Stagings stagings;
  private final Fleet fleet;
  private final Repositories repositories;
  private final Logs logs;
  private final Metering metering;
  private final Events events;

  public AppRemoval(
      Apps apps,
      Stagings stagings,
      Fleet fleet,
      Repositories repositories,
      Logs logs,
      Metering metering,
      Events events) {
    this.apps = apps;
    this.stagings = stagings;
    this.fleet = fleet;
    this.repositories = repositories;
    this.logs = logs;
    this.metering = metering;
    this.events = events;
  }

  /**
   * Deletes the app with its branches; or, of an app in staging, that branch alone, in the app's
   * repository too: it would not be told from one that was pushed and is live.
   */
  public void remove(App app) {
    switch (app.situation()) {
      case Situation.Production _ -> {
        List<App> staged = stagings.of(app);
        end(app);
        staged.forEach(this::end);
        repositories.delete(app.id());
      }
      case Situation.Staging(AppId of, Branch branch) -> {
        end(app);
        repositories.deleteBranch(of, branch);
      }
    }
  }

  /**
   * Deletes an app in one situation, and leaves the repository as it is. First where it counts:
   * what a kill leaves behind belongs to no app.
   */
  public void end(App app) {
    apps.delete(app);
    fleet.stop(app.id());
    logs.forget(app.id());
    metering.forget(app.id().value());
    events.publish(app.id(), Events.Event.DELETED);
  }
}
