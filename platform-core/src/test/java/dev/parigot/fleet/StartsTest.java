package dev.parigot.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.parigot.app.AppId;
import dev.parigot.engine.CallOutcome;
import dev.parigot.metering.Metering;
import dev.parigot.problem.Problem;
import dev.parigot.release.Release;
import dev.parigot.release.ReleasedService;
import dev.parigot.situation.Call;
import dev.parigot.situation.Time;
import dev.parigot.situation.WallTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StartsTest {
  private final ExecutorService guests = Executors.newFixedThreadPool(4);
  private final Time time = new WallTime(Clock.systemUTC(), System::nanoTime);
  private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
  private final List<String> started = Collections.synchronizedList(new ArrayList<>());

  @AfterEach
  void close() {
    guests.shutdownNow();
  }

  @Test
  void calleesAreStartedBeforeTheirCallers() {
    run(deployment(service("web", "cart", "stock"), service("cart", "stock"), service("stock")));
    assertThat(started).containsExactly("stock", "cart", "web");
  }

  @Test
  void allThatCannotStartAreNamedInTheOrderOfTheRelease() {
    RunningDeployment deployment =
        deployment(service("web", "broken"), service("lost"), service("broken"));
    assertThatExceptionOfType(Problem.class)
        .isThrownBy(() -> run(deployment))
        .satisfies(problem ->
            assertThat(problem.details())
                .containsExactly(
                    "lost: the platform failed while it was being started",
                    "broken: the platform failed while it was being started"));
    assertThat(started).containsExactly("web");
  }

  @Test
  void whatRunsAlreadyIsNotStartedAgain() {
    RunningDeployment before = deployment(service("stock"));
    run(before);
    Map<String, RunningService> services = new LinkedHashMap<>(services(service("cart", "stock")));
    before.services().forEach(each -> services.put(each.name(), each));
    RunningDeployment next = deployment(services);

    starts(next, before, guests).run();

    assertThat(started).containsExactly("stock", "cart");
  }

  @Test
  void aNewServiceThatCanTellItsHealthIsAskedOnceItHasStarted() {
    run(deployment(telling("well"), service("silent")));
    assertThat(asked).containsExactly("well");
    assertThat(started).containsExactlyInAnyOrder("well", "silent");
  }

  @Test
  void aServiceThatIsNotWellIsNamedWithWhatItSaid() {
    RunningDeployment deployment = deployment(telling("sick"));
    assertThatExceptionOfType(Problem.class)
        .isThrownBy(() -> run(deployment))
        .satisfies(problem ->
            assertThat(problem.details())
                .containsExactly("sick: its method health answered with the error 503: no stock"));
  }

  @Test
  void aPlatformWithoutAFreeThreadSaysSo() {
    RunningDeployment deployment = deployment(service("web"));
    assertThatExceptionOfType(Problem.class)
        .isThrownBy(() ->
            starts(
                    deployment,
                    null,
                    _ -> {
                      throw new RejectedExecutionException();
                    })
                .run())
        .returns(Problem.Kind.RESOURCE, Problem::kind);
  }

  private void run(RunningDeployment deployment) {
    starts(deployment, null, guests).run();
  }

  private Starts starts(
      RunningDeployment deployment, @Nullable RunningDeployment before, Executor threads) {
    return new Starts(
        deployment,
        before,
        threads,
        service -> {
          asked.add(service.name());
          return service.name().equals("sick")
              ? new CallOutcome.Failed(503, "no stock")
              : new CallOutcome.Returned(new byte[0]);
        });
  }

  private RunningDeployment deployment(ReleasedService... services) {
    return deployment(services(services));
  }

  private RunningDeployment deployment(Map<String, RunningService> services) {
    List<ReleasedService> released =
        services.values().stream().map(RunningService::released).toList();
    Release release =
        new Release(
            1,
            new AppId(1),
            1,
            Release.State.STARTING,
            new Release.Origin.Push(),
            null,
            "ada@example.org",
            Instant.EPOCH,
            null,
            Release.Contents.of(released),
            new Release.Changes(List.of(), List.of(), List.of(), List.of()));
    return new RunningDeployment(
        release, Map.of(), new Lane(FleetSettings.DEFAULT, TestPlatform.share(), guests), services);
  }

  private Map<String, RunningService> services(ReleasedService... services) {
    Metering metering = new Metering(Clock.systemUTC());
    Map<String, RunningService> running = new LinkedHashMap<>();
    for (ReleasedService service : services) {
      InstancePool pool =
          new InstancePool(
              new InstancePool.Size(0, 4, 8),
              TestPlatform.share(),
              () -> start(service.name()),
              time,
              (_, _, _) -> {});
      running.put(
          service.name(), new RunningService(service, pool, metering.of(1, service.name()), time));
    }
    return running;
  }

  private Guest start(String name) {
    if (name.equals("broken") || name.equals("lost")) {
      throw new IllegalStateException(name);
    }
    started.add(name);
    return new Started(name);
  }

  private static ReleasedService service(String name, String... callees) {
    return service(name, List.of("run"), callees);
  }

  private static ReleasedService telling(String name) {
    return service(name, List.of("run", "health"));
  }

  private static ReleasedService service(String name, List<String> methods, String... callees) {
    return new ReleasedService(
        name,
        "service",
        "sha256:00",
        1,
        true,
        null,
        0,
        4,
        1 << 20,
        Duration.ofSeconds(10).toNanos(),
        methods,
        Arrays.stream(callees)
            .map(callee -> new ReleasedService.Call(callee, "run", false))
            .toList());
  }

  private record Started(String name) implements Guest {
    @Override
    public CallOutcome call(Call call, byte[] request) {
      return new CallOutcome.Returned(request);
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
