package dev.parigot.web.console.app;

import dev.parigot.app.App;
import dev.parigot.fleet.Fleet;
import dev.parigot.metering.Metering;
import dev.parigot.observe.Events;
import dev.parigot.observe.Subscription;
import dev.parigot.pipeline.Pipeline;
import dev.parigot.release.Release;
import dev.parigot.release.Releases;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Reads what is true of one app, often. The releases are read again only after an event, and the
 * services every time.
 */
final class AppWatch implements Supplier<AppFacts>, AutoCloseable {
  /** Where it reads. */
  record Sources(
      Releases releases, Pipeline pipeline, Fleet fleet, Metering metering, Events events) {}

  private final App app;
  private final Sources sources;
  private final AtomicBoolean stale = new AtomicBoolean(true);
  private final Subscription events;
  private volatile boolean gone;
  private Optional<Release> live = Optional.empty();
  private Optional<Release> newest = Optional.empty();

  AppWatch(App app, Sources sources) {
    this.app = app;
    this.sources = sources;
    this.events = sources.events().follow(app.id(), this::changed);
  }

  private void changed(Events.Event event) {
    gone = gone || event == Events.Event.DELETED;
    stale.set(true);
  }

  /** Whether the app was deleted since. */
  boolean gone() {
    return gone;
  }

  App app() {
    return app;
  }

  @Override
  public synchronized AppFacts get() {
    if (stale.getAndSet(false)) {
      live = sources.releases().live(app.id());
      newest = sources.releases().of(app.id(), 0, 1).stream().findFirst();
    }
    return new AppFacts(
        app,
        live,
        newest,
        sources.pipeline().underway(app),
        sources.fleet().status(app.id()),
        sources.metering().between(app.id().value()));
  }

  @Override
  public void close() {
    events.close();
  }
}
