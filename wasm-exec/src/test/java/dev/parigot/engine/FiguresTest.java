package dev.parigot.engine;

import static dev.parigot.engine.TestSituation.call;

import dev.parigot.situation.Call;
import dev.parigot.situation.HostCall;
import dev.parigot.situation.Interceptor;
import dev.parigot.situation.Situation;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Prints what things cost: {@code -Dtest=FiguresTest -Dfigures=true}. Asserts that they work. */
@EnabledIfSystemProperty(named = "figures", matches = "true")
class FiguresTest {
  private static final int ROUNDS = 7;

  private final TestSituation situation = new TestSituation();

  private interface Work {
    void run(int times);
  }

  @Test
  void costs() {
    byte[] kilobyte = new byte[1024];
    Call echo = call("echo", Duration.ofHours(1));
    Call forward = call("call_other", Duration.ofHours(1));
    Call now = call("now", Duration.ofHours(1));
    Call nothing = call("nothing", Duration.ofHours(1));
    try (Instance callee = Guests.start("service", situation.build())) {
      print("warm call, empty", 100_000, times -> repeat(callee, nothing, new byte[0], times));
      print("warm call of 1 KB", 100_000, times -> repeat(callee, echo, kilobyte, times));
      print(
          "call with one clock import", 100_000, times -> repeat(callee, now, new byte[0], times));
      situation.services = (_, _, _, request) -> callee.call(echo, request);
      try (Instance caller = Guests.start("service", situation.build())) {
        print(
            "call of 1 KB that calls another service with it",
            100_000,
            times -> repeat(caller, forward, kilobyte, times));
      }
      situation.interceptor =
          new Interceptor() {
            @Override
            public <T extends @Nullable Object> T around(HostCall call, Supplier<T> effect) {
              return effect.get();
            }
          };
      try (Instance caller = Guests.start("service", situation.build())) {
        print(
            "the same behind an interceptor",
            100_000,
            times -> repeat(caller, forward, kilobyte, times));
      }
    }
    Situation built = situation.build();
    print(
        "new instance and its end",
        300,
        times -> {
          for (int i = 0; i < times; i++) {
            Guests.start("service", built).close();
          }
        });
    print(
        "new instance, first call of 1 KB, end",
        300,
        times -> {
          for (int i = 0; i < times; i++) {
            try (Instance tea = Guests.start("service", built)) {
              repeat(tea, echo, kilobyte, 1);
            }
          }
        });
  }

  private static void repeat(Instance instance, Call call, byte[] request, int times) {
    for (int i = 0; i < times; i++) {
      if (instance.call(call, request).code() != 0) {
        throw new AssertionError(call.method());
      }
    }
  }

  private static void print(String what, int times, Work work) {
    long[] nanos = new long[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      long start = System.nanoTime();
      work.run(times);
      nanos[round] = (System.nanoTime() - start) / times;
    }
    System.out.printf(
        "%-50s first round %,9d ns, best of %d %,9d ns%n",
        what, nanos[0], ROUNDS, Arrays.stream(nanos).min().orElse(0));
  }
}
