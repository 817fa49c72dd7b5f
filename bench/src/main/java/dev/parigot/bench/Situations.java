package dev.parigot.bench;

import dev.parigot.engine.CallOutcome;
import dev.parigot.situation.Call;
import dev.parigot.situation.InMemoryKeyValue;
import dev.parigot.situation.Interceptor;
import dev.parigot.situation.ServiceCalls;
import dev.parigot.situation.Situation;
import dev.parigot.situation.Time;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** Situations of the engine's benchmarks: the real clock, everything else in memory. */
final class Situations {
  static final ServiceCalls NO_SERVICES =
      (_, service, _, _) -> new CallOutcome.Failed(404, "there is no " + service);

  private static final long TIMEOUT_NANOS = TimeUnit.MINUTES.toNanos(1);

  private static final Time CLOCK =
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

  private Situations() {}

  static Situation alone(ServiceCalls services) {
    return new Situation(
        new InMemoryKeyValue(),
        Map.of(),
        (_, _, _, _, _) -> {},
        CLOCK,
        new SplittableRandom(1),
        services,
        null,
        null,
        null,
        null,
        null,
        Interceptor.PASS);
  }

  static Call call(String service, String method) {
    return new Call("1", service, method, null, System.nanoTime() + TIMEOUT_NANOS, 1, "00-0-0-00");
  }
}
