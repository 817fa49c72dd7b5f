package dev.parigot.history;

import dev.parigot.history.Event.Fate;
import dev.parigot.manifest.Manifest.Overlap;
import dev.parigot.situation.Call;
import dev.parigot.situation.HostCall;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Takes down what happens, until it is ended or has as many events as it may. What has not ended by
 * then is left open: it may have happened or not. Thread-safe.
 */
public final class Recorder {
  private final LongSupplier monotonic;
  private final int most;
  private final Digests digests;
  private final AtomicLong order = new AtomicLong();
  private final AtomicInteger count = new AtomicInteger();
  private final Map<Long, Event> events = new ConcurrentHashMap<>();
  private final Map<String, Long> births = new ConcurrentHashMap<>();

  /** Nothing that begins or ends behind it is in the history. */
  private final AtomicLong cut = new AtomicLong(Long.MAX_VALUE);

  private volatile long settled;

  /**
   * @param random of the salt of digests
   * @param monotonic the host's clock, in nanoseconds
   * @param most events
   */
  public Recorder(RandomGenerator random, LongSupplier monotonic, int most) {
    this.digests = new Digests(random);
    this.monotonic = monotonic;
    this.most = most;
  }

  /** All that began before this recorder did has ended by now. */
  public void settle() {
    settled = order.incrementAndGet();
  }

  /** Whether it has as many events as it may. */
  public boolean full() {
    return count.get() > most;
  }

  /**
   * Ends it.
   *
   * @param alone whether nobody else had to do with the app
   */
  public History history(String app, Instant began, boolean alone) {
    boolean complete = !full();
    cut.accumulateAndGet(order.incrementAndGet(), Math::min);
    List<Event> seen = new ArrayList<>();
    for (Event event : events.values()) {
      Span span = event.span();
      Event kept = span.end() > cut.get() ? event.unended() : event;
      if (kept != null && span.begin() <= cut.get()) {
        seen.add(kept);
      }
    }
    return new History(app, began, settled, alone, complete, seen);
  }

  private long begin() {
    long begin = order.incrementAndGet();
    if (count.incrementAndGet() > most) {
      cut.accumulateAndGet(begin - 1, Math::min);
    }
    return begin;
  }

  private void put(@Nullable Event event) {
    if (event != null && event.span().begin() <= cut.get()) {
      events.put(event.span().begin(), event);
    }
  }

  private Span since(long begin) {
    return new Span(begin, order.incrementAndGet());
  }

  private static Span from(long begin) {
    return new Span(begin, Span.NEVER);
  }

  /** A use of an import. */
  <T extends @Nullable Object> T around(HostCall call, Supplier<T> effect) {
    Actor by = new Actor(call.instance(), call.cause().id());
    long began = monotonic.getAsLong();
    long begin = begin();
    put(write(from(begin), by, call, true));
    T answer = effect.get();
    Span span = since(begin);
    Event write = write(span, by, call, answer);
    put(write == null ? other(span, by, call, answer, began) : write);
    return answer;
  }

  /** A write of the store: one that nobody saw end may have happened. */
  private @Nullable Event write(Span span, Actor by, HostCall call, @Nullable Object answer) {
    String key = Keys.of(call.key());
    String value = digests.ofNullable(call.given().value());
    return switch (call.action()) {
      case "parigot:kv put", "parigot:kv delete" -> new Event.Wrote(span, by, key, value);
      case "parigot:kv compare_and_set" ->
          new Event.Compared(
              span,
              by,
              key,
              digests.ofNullable(call.given().other()),
              String.valueOf(value),
              Boolean.TRUE.equals(answer));
      default -> null;
    };
  }

  private Event other(Span span, Actor by, HostCall call, @Nullable Object answer, long began) {
    String key = Keys.of(call.key());
    return switch (call.action()) {
      case "parigot:kv get" ->
          new Event.Read(span, by, key, digests.ofNullable((byte @Nullable []) answer));
      case "parigot:kv list" ->
          new Event.Listed(
              span,
              by,
              key,
              after(call),
              (int) call.given().number(),
              answer instanceof List<?> keys
                  ? keys.stream().map(each -> Keys.of((byte[]) each)).toList()
                  : List.of());
      case "parigot:clock sleep_ns", "wasi_snapshot_preview1 poll_oneoff" ->
          new Event.Slept(span, by, call.given().number(), monotonic.getAsLong() - began);
      case "parigot:clock monotonic_ns" ->
          new Event.Clock(span, by, answer instanceof Long nanos ? nanos : 0);
      default -> new Event.Other(span, by, call.action(), key);
    };
  }

  private static String after(HostCall call) {
    byte[] after = call.given().other();
    return after == null ? "" : Keys.of(after);
  }

  private <T extends @Nullable Object> T between(Function<Span, Event> event, Supplier<T> work) {
    long begin = begin();
    put(event.apply(from(begin)));
    try {
      return work.get();
    } finally {
      put(event.apply(since(begin)));
    }
  }

  /** A call that is made in an instance. */
  <T extends @Nullable Object> T visit(String instance, Call call, Supplier<T> work) {
    Actor by = new Actor(instance, call.id());
    return between(span -> new Event.Visit(span, by, call.method()), work);
  }

  void born(String instance) {
    long begin = begin();
    births.put(instance, begin);
    put(new Event.Lived(from(begin), instance));
  }

  void gone(String instance) {
    Long begin = births.remove(instance);
    if (begin != null) {
      put(new Event.Lived(since(begin), instance));
    } else if (count.incrementAndGet() <= most) {
      // It was made before there was a recorder: each such one has a place of its own before 0.
      long end = order.incrementAndGet();
      events.put(-end, new Event.Lived(new Span(0, end), instance));
    }
  }

  /** A message that is to be kept; {@code keep} answers its number. */
  long sent(Actor by, String queue, @Nullable String order, LongSupplier keep) {
    String name = order == null ? null : digests.of(order.getBytes(StandardCharsets.UTF_8));
    long begin = begin();
    put(new Event.Sent(from(begin), by, queue, Event.Sent.UNKNOWN, name));
    long message = keep.getAsLong();
    put(new Event.Sent(since(begin), by, queue, message, name));
    return message;
  }

  <T> T attempt(String queue, long message, int attempt, int attempts, Supplier<T> work) {
    return between(span -> new Event.Attempt(span, queue, message, attempt, attempts), work);
  }

  void settled(String queue, long message, int attempt, int attempts, Fate fate, Runnable note) {
    long begin = begin();
    put(new Event.Settled(from(begin), queue, message, attempt, attempts, fate));
    note.run();
    put(new Event.Settled(since(begin), queue, message, attempt, attempts, fate));
  }

  /** Looks which messages are still to be delivered. */
  public void waiting(Supplier<List<Long>> look) {
    long begin = begin();
    List<Long> messages = look.get();
    put(new Event.Waiting(since(begin), messages));
  }

  void ran(String schedule, Instant due, Instant began, Overlap overlap, Runnable call) {
    between(
        span -> new Event.Ran(span, schedule, due, began, overlap),
        () -> {
          call.run();
          return true;
        });
  }
}
