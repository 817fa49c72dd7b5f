package dev.parigot.history;

import dev.parigot.manifest.Manifest.Overlap;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that an app did or that was done for it. Values and messages are told by digests, which
 * say which of them are equal and nothing else; keys and names are told as they are.
 */
public sealed interface Event {
  Span span();

  /** The same if its end was not seen; null if it means nothing then. */
  default @Nullable Event unended() {
    return null;
  }

  /** What an instance does. */
  sealed interface Act extends Event {
    Actor by();
  }

  /** An instance, from before its memory was made until after it was given up. */
  record Lived(Span span, String instance) implements Event {
    @Override
    public Event unended() {
      return new Lived(span.open(), instance);
    }
  }

  /** A call was in an instance, from before it entered until after it had its response. */
  record Visit(Span span, Actor by, String method) implements Act {
    @Override
    public Event unended() {
      return new Visit(span.open(), by, method);
    }
  }

  /** What has to do with values of the store. */
  sealed interface OfStore extends Act {}

  /** A value was asked for; null if there was none. */
  record Read(Span span, Actor by, String key, @Nullable String value) implements OfStore {}

  /** A value was set, or deleted if it is null. */
  record Wrote(Span span, Actor by, String key, @Nullable String value) implements OfStore {
    @Override
    public Event unended() {
      return new Wrote(span.open(), by, key, value);
    }
  }

  /**
   * A value was to be set if it was as expected; null if none was.
   *
   * @param set whether it was; of one whose end was not seen, whether it would have been
   */
  record Compared(
      Span span, Actor by, String key, @Nullable String expected, String value, boolean set)
      implements OfStore {
    @Override
    public Event unended() {
      return new Compared(span.open(), by, key, expected, value, true);
    }
  }

  /**
   * Keys were asked for.
   *
   * @param limit as many at most
   */
  record Listed(Span span, Actor by, String prefix, String after, int limit, List<String> keys)
      implements OfStore {
    public Listed {
      keys = List.copyOf(keys);
    }
  }

  /**
   * An instance waited for a time.
   *
   * @param nanos as long as it wanted
   * @param took as long as it was, on the clock of the host
   */
  record Slept(Span span, Actor by, long nanos, long took) implements Act {}

  /** The monotonic clock was read. */
  record Clock(Span span, Actor by, long nanos) implements Act {}

  /** Any other host call. */
  record Other(Span span, Actor by, String action, String key) implements Act {}

  /**
   * A message was kept.
   *
   * @param message its number, unique in the queue; -1 if nobody knows whether it was kept
   * @param order messages of the queue with the same one are delivered one after the other; null
   *     for any order
   */
  record Sent(Span span, Actor by, String queue, long message, @Nullable String order)
      implements Act {
    static final long UNKNOWN = -1;

    @Override
    public Event unended() {
      return new Sent(span.open(), by, queue, UNKNOWN, order);
    }
  }

  /**
   * A message was delivered.
   *
   * @param attempt which one of it, from 1
   * @param attempts as many as the queue makes
   */
  record Attempt(Span span, String queue, long message, int attempt, int attempts)
      implements Event {
    @Override
    public Event unended() {
      return new Attempt(span.open(), queue, message, attempt, attempts);
    }
  }

  /** What becomes of a message after an attempt. */
  enum Fate {
    DELIVERED,
    REPEATED,
    GIVEN_UP
  }

  /** It was noted what becomes of a message. */
  record Settled(Span span, String queue, long message, int attempt, int attempts, Fate fate)
      implements Event {
    @Override
    public Event unended() {
      return new Settled(span.open(), queue, message, attempt, attempts, fate);
    }
  }

  /** Somebody looked which messages are still to be delivered. */
  record Waiting(Span span, List<Long> messages) implements Event {
    public Waiting {
      messages = List.copyOf(messages);
    }
  }

  /**
   * A schedule made its call.
   *
   * @param due the tick that it is for
   * @param began when it did, on the clock by which it is due
   */
  record Ran(Span span, String schedule, Instant due, Instant began, Overlap overlap)
      implements Event {
    @Override
    public Event unended() {
      return new Ran(span.open(), schedule, due, began, overlap);
    }
  }
}
