package dev.parigot.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parigot.app.App;
import dev.parigot.app.AppName;
import dev.parigot.engine.CallOutcome;
import dev.parigot.release.Release;
import dev.parigot.release.ReleasedService;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A quiet app beside one that is flooded with calls that never end. What its calls took is printed;
 * {@code parigot bench fair} measures it over HTTP.
 */
@Timeout(120)
class FairnessTest {
  private static final int CALLS = 1_000;
  private static final Duration BETWEEN = Duration.ofMillis(2);
  private static final Duration FLOODED = Duration.ofSeconds(1);
  private static final int FLOODING = 300;

  @TempDir Path folder;
  private TestPlatform platform;
  private App quiet;

  @BeforeEach
  void open() {
    platform = new TestPlatform(folder);
    quiet = platform.apps.create(platform.owner(), AppName.of("quiet"));
    ReleasedService hello = platform.service("hello", "hello");
    platform.fleet.activate(
        platform.fleet.start(
            platform.releases.create(
                quiet.id(), null, "ada@example.org", Release.Contents.of(List.of(hello)))));
    platform.deploy(TestPlatform.sized(platform.service("hostile", "hostile"), 0, 8, FLOODED));
  }

  @AfterEach
  void close() {
    platform.close();
  }

  @Test
  void aQuietAppIsServedBesideAFloodOfCallsThatNeverEnd() throws InterruptedException {
    callQuietly();
    long[] alone = callQuietly();
    AtomicBoolean flooding = new AtomicBoolean(true);
    AtomicLong flooded = new AtomicLong();
    long[] beside;
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < FLOODING; i++) {
        callers.execute(() -> {
          while (flooding.get()) {
            if (hostile() == 429) {
              // Else the callers, which are in this process, would take all its cores.
              rest();
            }
            flooded.incrementAndGet();
          }
        });
      }
      TimeUnit.SECONDS.sleep(2);
      beside = callQuietly();
      flooding.set(false);
    }
    print(alone, beside);
    assertThat(flooded).as("ended at their deadline or were refused").hasPositiveValue();
    assertThat(p99(beside))
        .as("no call of the quiet app waits for one of the flood to end")
        .isLessThan(FLOODED.toNanos() / 2);
  }

  @Test
  void anAppBeyondItsProcessorTimeIsRefusedAndSaysWhy() {
    platform.close();
    FleetSettings narrow = new FleetSettings(2, 1, 4, 8, 4, Duration.ofMillis(10));
    platform = new TestPlatform(folder.resolve("limited"), narrow.withLimits(0.1, 1L << 30));
    platform.deploy(TestPlatform.sized(platform.service("hostile", "hostile"), 0, 8, FLOODED));
    AtomicReference<String> refusal = new AtomicReference<>();
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 8; i++) {
        callers.execute(() -> {
          while (refusal.get() == null) {
            CallOutcome outcome =
                platform.fleet.call(platform.app.id(), "hostile", "loop", new byte[0]);
            if (outcome instanceof CallOutcome.Failed(int code, String text, boolean _)
                && code == 429
                && text.contains("processor time")) {
              refusal.set(text);
            }
          }
        });
      }
    }
    assertThat(refusal.get())
        .isEqualTo(
            "The app has taken the processor time that it may, 0.1 of a core on average; try again"
                + " later.");
  }

  /** The durations of calls that all succeed, sorted. */
  private long[] callQuietly() throws InterruptedException {
    long[] durations = new long[CALLS];
    for (int i = 0; i < CALLS; i++) {
      byte[] request = ("call " + i).getBytes(StandardCharsets.UTF_8);
      long begun = System.nanoTime();
      CallOutcome outcome = platform.fleet.call(quiet.id(), "hello", "echo", request);
      durations[i] = System.nanoTime() - begun;
      assertThat(outcome)
          .isInstanceOfSatisfying(
              CallOutcome.Returned.class,
              returned -> assertThat(returned.response()).isEqualTo(request));
      TimeUnit.NANOSECONDS.sleep(BETWEEN.toNanos());
    }
    Arrays.sort(durations);
    return durations;
  }

  private static void rest() {
    try {
      TimeUnit.MILLISECONDS.sleep(20);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private int hostile() {
    return platform.fleet.call(platform.app.id(), "hostile", "loop", new byte[0]).code();
  }

  private static long p99(long[] sorted) {
    return sorted[sorted.length * 99 / 100];
  }

  private static void print(long[] alone, long[] beside) {
    System.out.printf(
        Locale.ROOT,
        "p99 of a quiet app: %.3f ms alone, %.3f ms beside a flood, %.1f times as long%n",
        p99(alone) / 1e6,
        p99(beside) / 1e6,
        (double) p99(beside) / p99(alone));
  }
}
