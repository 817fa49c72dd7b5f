package dev.parigot.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parigot.app.AppId;
import dev.parigot.engine.CallOutcome;
import dev.parigot.metering.Metering;
import dev.parigot.release.Release;
import dev.parigot.release.ReleasedService;
import dev.parigot.situation.Call;
import dev.parigot.situation.CallIds;
import dev.parigot.situation.WallTime;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GuestThreadsTest {
  private static final int THREADS = 2;

  private final List<Runnable> passedOn = Collections.synchronizedList(new ArrayList<>());
  private final ExecutorService requests = GuestThreads.forRequests(THREADS, passedOn::add);
  private final ExecutorService guests = GuestThreads.bounded(1);
  private final WallTime time = new WallTime(Clock.systemUTC(), System::nanoTime);

  @AfterEach
  void close() {
    requests.shutdownNow();
    guests.shutdownNow();
  }

  @Test
  void aRequestThatFindsAllThreadsBusyIsPassedOn() throws Exception {
    CountDownLatch begun = new CountDownLatch(THREADS);
    CountDownLatch end = new CountDownLatch(1);
    for (int i = 0; i < THREADS; i++) {
      requests.execute(() -> {
        begun.countDown();
        await(end);
      });
    }
    await(begun);
    requests.execute(() -> {});
    assertThat(passedOn).hasSize(1);

    end.countDown();

    Waiting.until(() -> {
      int before = passedOn.size();
      requests.execute(() -> {});
      return passedOn.size() == before;
    });
  }

  @Test
  void aGuestIsCalledOnTheThreadOfItsRequestIfThatIsOneForGuests() throws Exception {
    assertThat(requests.submit(this::threadOfAGuest).get()).isEqualTo("request");
    assertThat(threadOfAGuest()).isEqualTo("guest");
  }

  private String threadOfAGuest() {
    ReleasedService released =
        new ReleasedService(
            "hello",
            "service",
            "sha256:00",
            1,
            true,
            null,
            0,
            1,
            1 << 20,
            Duration.ofSeconds(10).toNanos(),
            List.of("run"),
            List.of());
    Release release =
        new Release(
            1,
            new AppId(1),
            1,
            Release.State.LIVE,
            new Release.Origin.Push(),
            null,
            "ada@example.org",
            Instant.EPOCH,
            null,
            Release.Contents.of(List.of(released)),
            new Release.Changes(List.of(), List.of(), List.of(), List.of()));
    InstancePool pool =
        new InstancePool(
            new InstancePool.Size(0, 1, 1),
            TestPlatform.share(),
            ThreadTeller::new,
            time,
            (_, _, _) -> {});
    RunningService service =
        new RunningService(released, pool, new Metering(Clock.systemUTC()).of(1, "hello"), time);
    RunningDeployment deployment =
        new RunningDeployment(
            release,
            Map.of(),
            new Lane(FleetSettings.DEFAULT, TestPlatform.share(), guests),
            Map.of("hello", service));
    Calls calls = new Calls(time, new CallIds(new SplittableRandom(1)), guests);
    return calls.fromOutside(deployment, "hello", "run", new byte[0], Origin.UNKNOWN)
            instanceof CallOutcome.Returned(byte[] response)
        ? new String(response, StandardCharsets.UTF_8)
        : "failed";
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Answers the name of the thread that it is called on. */
  private record ThreadTeller() implements Guest {
    @Override
    public String name() {
      return "teller";
    }

    @Override
    public CallOutcome call(Call call, byte[] request) {
      return new CallOutcome.Returned(
          Thread.currentThread().getName().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void warm() {}

    @Override
    public boolean usable() {
      return true;
    }

    @Override
    public void close() {}
  }
}
