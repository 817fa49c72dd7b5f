package dev.parigot.observe;

import dev.parigot.app.AppId;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells whoever shows an app that something about it has changed. Best effort and in memory: what
 * is true is read from where it lives.
 */
public final class Events {
  /** What changed. */
  public enum Event {
    /** A release was made, went live or failed. */
    RELEASE,
    /** A deployment's progress moved on. */
    PROGRESS,
    CONFIG,
    /** A demo was shared, changed or revoked. */
    DEMO,
    DELETED
  }

  /** Something about an app has changed. */
  public record News(AppId app, Event event) {}

  private final ConcurrentHashMap<AppId, Listeners<Event>> apps = new ConcurrentHashMap<>();
  private final Listeners<News> all = new Listeners<>();

  public void publish(AppId app, Event event) {
    all.tell(new News(app, event));
    Listeners<Event> listeners = apps.get(app);
    if (listeners != null) {
      listeners.tell(event);
    }
  }

  /** As {@link #follow}, of every app. */
  public Subscription followAll(Consumer<News> listener) {
    return all.add(listener);
  }

  /** The listener runs on the publisher's thread and must be quick. */
  public Subscription follow(AppId app, Consumer<Event> listener) {
    AtomicReference<@Nullable Subscription> place = new AtomicReference<>();
    apps.compute(
        app,
        (_, present) -> {
          Listeners<Event> listeners = present == null ? new Listeners<>() : present;
          place.set(listeners.add(listener));
          return listeners;
        });
    return () -> leave(app, place.getAndSet(null));
  }

  /** An app that nobody follows any more takes no room. */
  private void leave(AppId app, @Nullable Subscription place) {
    if (place != null) {
      apps.computeIfPresent(
          app,
          (_, listeners) -> {
            place.close();
            return listeners.isEmpty() ? null : listeners;
          });
    }
  }
}
