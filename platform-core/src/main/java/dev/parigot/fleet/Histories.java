package dev.parigot.fleet;

import dev.parigot.app.App;
import dev.parigot.app.AppId;
import dev.parigot.history.Chronicle;
import dev.parigot.history.History;
import dev.parigot.history.Recorder;
import dev.parigot.problem.Problem;
import dev.parigot.queue.Messages;
import dev.parigot.situation.Time;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.random.RandomGenerator;

/** What happens to the apps of this node, taken down when somebody asks. Thread-safe. */
public final class Histories {
  /** Of a history; it ends when it has so many. */
  public static final int MOST_EVENTS = 100_000;

  public static final Duration LONGEST = Duration.ofMinutes(1);

  /** What was under way when a recording began is over by then, or nobody can say what it did. */
  private static final Duration LEAD = Duration.ofSeconds(1);

  private static final Duration LOOK = Duration.ofMillis(50);
  private static final int MOST_AT_ONCE = 2;

  private final Messages messages;
  private final boolean alone;
  private final Clock clock;
  private final Time time;
  private final RandomGenerator random;
  private final Map<AppId, Chronicle> chronicles = new ConcurrentHashMap<>();
  private final Set<AppId> underWay = ConcurrentHashMap.newKeySet();
  private final Semaphore places = new Semaphore(MOST_AT_ONCE);

  /**
   * @param alone whether no other node can have to do with the apps
   */
  Histories(Messages messages, boolean alone, Clock clock, Time time, RandomGenerator random) {
    this.messages = messages;
    this.alone = alone;
    this.clock = clock;
    this.time = time;
    this.random = random;
  }

  /** Where it is told what happens to an app. */
  public Chronicle of(AppId app) {
    return chronicles.computeIfAbsent(app, _ -> new Chronicle());
  }

  void forget(AppId app) {
    Chronicle gone = chronicles.remove(app);
    if (gone != null) {
      gone.end();
    }
  }

  /**
   * Records an app on this node for that long, on the calling thread, or until there are {@link
   * #MOST_EVENTS}. A {@code Problem} if it is being recorded already, or too many others are.
   *
   * @param single whether somebody who knows says that no other node has to do with the app
   */
  public History record(App app, Duration duration, boolean single) throws InterruptedException {
    if (!underWay.add(app.id())) {
      throw Problem.user(
          409, "history-under-way", "The app is being recorded already.", "Try again later.");
    }
    try {
      if (!places.tryAcquire()) {
        throw Problem.user(
            429,
            "too-many-histories",
            "This node records " + MOST_AT_ONCE + " other apps.",
            "Try again in a minute.");
      }
      try {
        return recorded(app, duration, alone || single);
      } finally {
        places.release();
      }
    } finally {
      underWay.remove(app.id());
    }
  }

  private History recorded(App app, Duration duration, boolean single) throws InterruptedException {
    Instant began = clock.instant();
    Recorder recorder = new Recorder(random, time::monotonicNanos, MOST_EVENTS);
    Chronicle chronicle = of(app.id());
    chronicle.begin(recorder);
    try {
      time.sleep(LEAD.toNanos());
      recorder.settle();
      long end = time.monotonicNanos() + duration.toNanos();
      while (!recorder.full() && time.monotonicNanos() - end < 0) {
        time.sleep(LOOK.toNanos());
      }
      recorder.waiting(() -> messages.waiting(app.id()));
      return recorder.history(app.name().toString(), began, single);
    } finally {
      chronicle.end();
    }
  }
}
