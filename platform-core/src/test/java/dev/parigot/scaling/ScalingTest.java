package dev.parigot.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parigot.fleet.ServiceStatus;
import dev.parigot.fleet.TestPlatform;
import dev.parigot.situation.WallTime;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ScalingTest {
  private static final Duration IDLE = Duration.ofSeconds(2);

  @TempDir Path folder;
  private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
  private TestPlatform platform;
  private Scaling scaling;

  @BeforeEach
  void open() {
    platform = new TestPlatform(folder);
    scaling =
        new Scaling(
            platform.fleet,
            platform.metering,
            new WallTime(Clock.systemUTC(), System::nanoTime),
            IDLE,
            scheduler);
  }

  @AfterEach
  void close() {
    scaling.close();
    scheduler.shutdownNow();
    platform.close();
  }

  @Test
  void aServiceGoesToZeroWhenIdleAndFromZeroWithItsNextCall() throws Exception {
    platform.deploy(platform.service("hello", "hello"));
    assertThat(platform.returned("hello", "echo", "here")).isEqualTo("here");
    until(() -> instances() == 0);
    until(() -> told().contains("1 → 0: no call for 2 s"));
    assertThat(platform.returned("hello", "echo", "again")).isEqualTo("again");
    assertThat(instances()).isEqualTo(1);
    until(() -> told().getFirst().startsWith("0 → 1: the first call for "));

    until(() -> load().stream().anyMatch(step -> step.calls() > 0));
    assertThat(load()).hasSize(12);
    assertThat(load().stream().mapToDouble(Load::calls).sum() * Load.STEP_SECONDS)
        .isBetween(0.9, 2.1);
  }

  private List<Load> load() {
    return scaling.load(platform.app.id(), "hello", 1);
  }

  private List<String> told() {
    return scaling.decisions(platform.app.id()).stream()
        .map(each -> each.from() + " → " + each.to() + ": " + each.reason())
        .toList();
  }

  private int instances() {
    return platform.fleet.status(platform.app.id()).stream()
        .mapToInt(ServiceStatus::instances)
        .sum();
  }

  private static void until(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime() - end).isNegative();
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }
}
