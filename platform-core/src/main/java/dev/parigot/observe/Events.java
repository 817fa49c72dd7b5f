package dev.parigot.observe;

import dev.parigot.app.AppId;
import java.util.function.Consumer;

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
    DELETED
  }

  public void publish(AppId app, Event event) {
    throw new AssertionError("skeleton");
  }

  /** The listener runs on the publisher's thread and must be quick. */
  public Subscription follow(AppId app, Consumer<Event> listener) {
    throw new AssertionError("skeleton");
  }
}
