package dev.parigot.web;

import dev.parigot.app.App;
import dev.parigot.app.Apps;
import dev.parigot.fleet.Fleet;
import dev.parigot.git.Repositories;
import dev.parigot.metering.Metering;
import dev.parigot.observe.Events;
import dev.parigot.observe.Logs;

/** The end of an app, wherever it has left something. */
public final class AppRemoval {
  private final Apps apps;
  private final Fleet fleet;
  private final Repositories repositories;
  private final Logs logs;
  private final Metering metering;
  private final Events events;

  public AppRemoval(
      Apps apps,
      Fleet fleet,
      Repositories repositories,
      Logs logs,
      Metering metering,
      Events events) {
    this.apps = apps;
    this.fleet = fleet;
    this.repositories = repositories;
    this.logs = logs;
    this.metering = metering;
    this.events = events;
  }

  /** Deletes the app first where it counts: what a kill leaves behind belongs to no app. */
  public void remove(App app) {
    apps.delete(app);
    fleet.stop(app.id());
    repositories.delete(app.id());
    logs.forget(app.id());
    metering.forget(app.id().value());
    events.publish(app.id(), Events.Event.DELETED);
  }
}
