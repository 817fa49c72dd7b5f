package dev.parigot.engine;

import dev.parigot.situation.AsyncCalls;
import dev.parigot.situation.Call;
import dev.parigot.situation.Channels;
import dev.parigot.situation.InMemoryKeyValue;
import dev.parigot.situation.Interceptor;
import dev.parigot.situation.LogSink;
import dev.parigot.situation.Outbound;
import dev.parigot.situation.Queues;
import dev.parigot.situation.ServiceCalls;
import dev.parigot.situation.Situation;
import dev.parigot.situation.TestControl;
import dev.parigot.situation.Time;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A situation on the real clock, with everything in memory. Every other service echoes, unless
 * {@link #services} says otherwise.
 */
final class TestSituation {
  record Line(String service, String instance, int level, String message, String call) {}

  final InMemoryKeyValue keyValue = new InMemoryKeyValue();
  final List<Line> lines = new CopyOnWriteArrayList<>();
  LogSink log =
      (service, instance, level, message, call) ->
          lines.add(new Line(service, instance, level, message, call));
  ServiceCalls services = (_, _, _, request) -> new CallOutcome.Returned(request);
  Map<String, String> configuration = Map.of("CURRENCY", "EUR");
  @Nullable AsyncCalls async = this::startElsewhere;
  @Nullable Queues queues;
  @Nullable Channels channels;
  @Nullable Outbound outbound;
  @Nullable TestControl test;
  Interceptor interceptor = Interceptor.PASS;

  static final Time REAL =
      new Time() {
        @Override
        public long nowNanos() {
          return TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
        }

        @Override
        public long monotonicNanos() {
          return System.nanoTime();
        }

        @Override
        public void sleep(long nanos) throws InterruptedException {
          TimeUnit.NANOSECONDS.sleep(nanos);
        }
      };

  Situation build() {
    return new Situation(
        keyValue,
        configuration,
        log,
        REAL,
        new Random(7),
        services,
        async,
        queues,
        channels,
        outbound,
        test,
        interceptor);
  }

  /** A call that has that long. */
  static Call call(String method, Duration timeout) {
    return new Call(
        "call-1", "tea", method, "web", System.nanoTime() + timeout.toNanos(), 1, "00-trace-01");
  }

  static Call call(String method) {
    return call(method, Duration.ofMinutes(2));
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private Optional<AsyncCalls.PendingCall> startElsewhere(
      Call caller, String service, String method, byte[] request) {
    CompletableFuture<CallOutcome> result =
        CompletableFuture.supplyAsync(() -> services.call(caller, service, method, request));
    return Optional.of(
        new AsyncCalls.PendingCall() {
          @Override
          public boolean done() {
            return result.isDone();
          }

          @Override
          public Optional<CallOutcome> await(long nanos) throws InterruptedException {
            try {
              return Optional.of(result.get(nanos, TimeUnit.NANOSECONDS));
            } catch (TimeoutException _) {
              return Optional.empty();
            } catch (ExecutionException e) {
              throw new AssertionError(e);
            }
          }
        });
  }
}
