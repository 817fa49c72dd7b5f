package dev.parigot.cron;

import dev.parigot.app.AppId;
import dev.parigot.engine.CallOutcome;
import dev.parigot.fleet.Cancellation;
import dev.parigot.observe.LogLine;
import dev.parigot.observe.Logs;
import dev.parigot.release.Release;
import dev.parigot.situation.Call;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the calls of runs, and notes what became of them. */
final class Caller implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Caller.class);

  static final String LOST = "the platform ended during the call";

  /** How often a run looks whether it was ended by somebody else, on whichever node. */
  private static final long LOOK_MILLIS = 1_000;

  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final int MOST_LINES = 100;
  private static final int NEWEST = 10_000;
  private static final int MOST_CHARACTERS = 16_384;

  /** Makes a call in the active release of an app: {@link dev.parigot.fleet.Fleet#call}. */
  @FunctionalInterface
  interface Fleet {
    CallOutcome call(
        AppId app,
        String service,
        String method,
        Cancellation cancellation,
        BiConsumer<Release, Call> told);
  }

  private final Fleet fleet;
  private final Logs logs;
  private final Runs runs;
  private final Clock clock;
  private final ExecutorService calls =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("cron-call-", 0).factory());
  private final Set<Cancellation> underWay = Collections.newSetFromMap(new ConcurrentHashMap<>());
  private volatile boolean closed;

  Caller(Fleet fleet, Logs logs, Runs runs, Clock clock) {
    this.fleet = fleet;
    this.logs = logs;
    this.runs = runs;
    this.clock = clock;
  }

  /** Makes the call of a run that has begun, and waits for its end. */
  void call(AppId app, Release.Cron cron, Run run) {
    Cancellation cancellation = new Cancellation();
    underWay.add(cancellation);
    AtomicReference<@Nullable Call> made = new AtomicReference<>();
    try {
      CompletableFuture<CallOutcome> call =
          CompletableFuture.supplyAsync(
              () ->
                  fleet.call(
                      app,
                      cron.service(),
                      cron.method(),
                      cancellation,
                      (release, told) -> {
                        made.set(told);
                        if (closed
                            || !runs.calls(run, release.number(), told.id(), told.traceparent())) {
                          cancellation.cancel();
                        }
                      }),
              calls);
      Runs.End end = masked(app, end(await(call, run, cancellation), cancellation));
      if (end.outcome() == Run.Outcome.FAILED) {
        tell(app, run, end, made.get());
      }
      runs.end(run, end, lines(app, made.get()), clock.instant());
    } finally {
      underWay.remove(cancellation);
    }
  }

  private CallOutcome await(
      CompletableFuture<CallOutcome> call, Run run, Cancellation cancellation) {
    while (true) {
      try {
        return call.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        if (!runs.isRunning(run)) {
          cancellation.cancel();
        }
      } catch (ExecutionException e) {
        log.error("The call of a run of {} failed in the platform", run.job(), e);
        return new CallOutcome.Failed(500, "The platform failed during the call.");
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        cancellation.cancel();
      }
    }
  }

  private Runs.End end(CallOutcome outcome, Cancellation cancellation) {
    if (closed && !(outcome instanceof CallOutcome.Returned)) {
      return new Runs.End(Run.Outcome.LOST, null, LOST);
    }
    return switch (outcome) {
      case CallOutcome.Returned _ -> new Runs.End(Run.Outcome.SUCCEEDED, null, null);
      case CallOutcome.Failed(int code, String text, boolean _) ->
          new Runs.End(
              cancellation.isCancelled() ? Run.Outcome.CANCELLED : Run.Outcome.FAILED,
              code,
              text.isBlank() ? "it answered with the error " + code : text);
      case CallOutcome.Trapped(String reason) ->
          new Runs.End(Run.Outcome.FAILED, outcome.code(), "it trapped: " + reason);
      case CallOutcome.LimitReached(CallOutcome.Limit limit) ->
          new Runs.End(
              Run.Outcome.FAILED,
              outcome.code(),
              limit == CallOutcome.Limit.TIME
                  ? "it did not end within the service's timeout"
                  : "it ran out of memory");
    };
  }

  private Runs.End masked(AppId app, Runs.End end) {
    return end.said() == null
        ? end
        : new Runs.End(end.outcome(), end.code(), logs.masked(app, end.said()));
  }

  /** For who reads the log alone. */
  private void tell(AppId app, Run run, Runs.End end, @Nullable Call call) {
    String why = String.valueOf(end.said()).lines().findFirst().orElse("");
    logs.write(
        app,
        "parigot",
        run.job(),
        LogLine.Level.ERROR,
        "cron %s failed: %d %s".formatted(run.job(), end.code(), why),
        call == null ? "" : call.id());
  }

  /** What the called method wrote, as far as the platform still has it. */
  private String lines(AppId app, @Nullable Call call) {
    if (call == null) {
      return "";
    }
    List<String> lines =
        logs.read(app, 0, NEWEST, null, null).stream()
            .filter(line -> line.call().equals(call.id()))
            .map(line -> line.level() + " " + line.message())
            .toList();
    String text =
        lines.stream()
            .skip(Math.max(0, lines.size() - MOST_LINES))
            .collect(Collectors.joining("\n"));
    return text.substring(Math.max(0, text.length() - MOST_CHARACTERS));
  }

  /** Ends the calls under way, and lets them note that. */
  @Override
  public void close() {
    closed = true;
    new HashSet<>(underWay).forEach(Cancellation::cancel);
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!underWay.isEmpty() && System.nanoTime() - end < 0) {
      LockSupport.parkNanos(PATIENCE.toNanos() / 100);
    }
    calls.shutdown();
  }
}
