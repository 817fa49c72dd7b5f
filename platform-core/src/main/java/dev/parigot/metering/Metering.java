package dev.parigot.metering;

import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Counts calls by app and service over the last 60 seconds, cheaply enough for every call. */
public final class Metering {
  /** How far back {@link #history} goes, in minutes. */
  public static final int HISTORY_MINUTES = 60;

  private static final int WINDOW_SECONDS = 60;
  private static final long MILLIS_A_SECOND = 1_000;
  private static final long MILLIS_A_MINUTE = 60_000;

  private final Clock clock;
  private final ConcurrentHashMap<Long, AppMeter> apps = new ConcurrentHashMap<>();

  public Metering(Clock clock) {
    this.clock = clock;
  }

  /** The figures of one service over some time. */
  public record Figures(long calls, long errors, long p95Nanos) {}

  /** What became of the messages of one queue over the last 60 seconds. */
  public record QueueFigures(long sent, long delivered, long failed) {}

  /** Two services of an app of which one calls the other. */
  public record Pair(String caller, String service) {}

  /** Where the calls of one service are counted: looked up once, used for every call. */
  public Meter of(long app, String service) {
    AppMeter meter = app(app);
    return new Meter(meter, meter.service(service), service);
  }

  /** The calls between services that ended in the last 60 seconds; pairs without any are absent. */
  public Map<Pair, Long> between(long app) {
    AppMeter meter = apps.get(app);
    Map<Pair, Long> calls = new HashMap<>();
    if (meter != null) {
      long now = clock.millis();
      meter.pairs.forEach((pair, window) -> {
        long sum = window.newest(now, WINDOW_SECONDS).stream().mapToLong(Tally::calls).sum();
        if (sum > 0) {
          calls.put(pair, sum);
        }
      });
    }
    return calls;
  }

  /** Counts a message that was sent. */
  public void sent(long app, String queue) {
    app(app).sent(queue).at(clock.millis()).count(false);
  }

  /** Counts an attempt to deliver a message. */
  public void attempted(long app, String queue, boolean failed) {
    app(app).attempts(queue).at(clock.millis()).count(failed);
  }

  public QueueFigures queue(long app, String queue) {
    AppMeter meter = apps.get(app);
    if (meter == null) {
      return new QueueFigures(0, 0, 0);
    }
    long now = clock.millis();
    List<Tally> sent = meter.sent(queue).newest(now, WINDOW_SECONDS);
    List<Tally> attempts = meter.attempts(queue).newest(now, WINDOW_SECONDS);
    long failed = attempts.stream().mapToLong(Tally::errors).sum();
    return new QueueFigures(
        sent.stream().mapToLong(Tally::calls).sum(),
        attempts.stream().mapToLong(Tally::calls).sum() - failed,
        failed);
  }

  private AppMeter app(long app) {
    return apps.computeIfAbsent(app, _ -> new AppMeter());
  }

  /** The p95 is told to within an eighth of itself; 0 without calls. */
  public Figures figures(long app, String service) {
    return figures(app, service, clock.millis(), WINDOW_SECONDS);
  }

  /** The same of so many whole seconds before a moment, which is within the last minute. */
  public Figures figures(long app, String service, Instant end, int seconds) {
    return figures(app, service, end.toEpochMilli() - 1, seconds);
  }

  private Figures figures(long app, String service, long last, int seconds) {
    AppMeter meter = apps.get(app);
    if (meter == null) {
      return new Figures(0, 0, 0);
    }
    long calls = 0;
    long errors = 0;
    Durations durations = new Durations();
    for (Tally.Timed second : meter.service(service).newest(last, seconds)) {
      calls += second.calls();
      errors += second.errors();
      durations.add(second.durations());
    }
    return new Figures(calls, errors, durations.percentile(95));
  }

  /**
   * Calls and errors in each of the last {@code minutes} minutes of the clock (at most {@link
   * #HISTORY_MINUTES}), oldest first, the last one being the minute under way: for a sparkline.
   */
  public long[][] history(long app, int minutes) {
    int told = Math.clamp(minutes, 0, HISTORY_MINUTES);
    long[][] history = new long[told][2];
    AppMeter meter = apps.get(app);
    if (meter == null) {
      return history;
    }
    long now = clock.millis();
    for (int i = 0; i < told; i++) {
      Tally minute = meter.minutes.ago(now, told - 1 - i);
      if (minute != null) {
        history[i][0] = minute.calls();
        history[i][1] = minute.errors();
      }
    }
    return history;
  }

  /** Forgets an app. */
  public void forget(long app) {
    apps.remove(app);
  }

  /** Counts the calls of one service. */
  public final class Meter {
    private final AppMeter app;
    private final Window<Tally.Timed> calls;
    private final String service;
    private final ConcurrentHashMap<String, Window<Tally>> callers = new ConcurrentHashMap<>();

    private Meter(AppMeter app, Window<Tally.Timed> calls, String service) {
      this.app = app;
      this.calls = calls;
      this.service = service;
    }

    /**
     * Counts a call that ended.
     *
     * @param caller the service that called, or null if it came from outside
     */
    public void record(@Nullable String caller, boolean failed, long durationNanos) {
      long now = clock.millis();
      app.minutes.at(now).count(failed);
      calls.at(now).count(failed, durationNanos);
      if (caller != null) {
        callers
            .computeIfAbsent(caller, name -> app.pair(new Pair(name, service)))
            .at(now)
            .count(failed);
      }
    }
  }

  private static final class AppMeter {
    final Window<Tally> minutes = new Window<>(HISTORY_MINUTES, MILLIS_A_MINUTE, Tally::new);
    private final ConcurrentHashMap<String, Window<Tally.Timed>> services =
        new ConcurrentHashMap<>();
    final ConcurrentHashMap<Pair, Window<Tally>> pairs = new ConcurrentHashMap<>();

    private final ConcurrentHashMap<String, Window<Tally>> sent = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, Window<Tally>> attempts = new ConcurrentHashMap<>();

    Window<Tally> sent(String queue) {
      return sent.computeIfAbsent(queue, _ -> seconds());
    }

    Window<Tally> attempts(String queue) {
      return attempts.computeIfAbsent(queue, _ -> seconds());
    }

    private static Window<Tally> seconds() {
      return new Window<>(WINDOW_SECONDS, MILLIS_A_SECOND, Tally::new);
    }

    Window<Tally> pair(Pair pair) {
      return pairs.computeIfAbsent(pair, _ -> seconds());
    }

    Window<Tally.Timed> service(String name) {
      return services.computeIfAbsent(
          name, _ -> new Window<>(WINDOW_SECONDS, MILLIS_A_SECOND, Tally.Timed::new));
    }
  }
}
