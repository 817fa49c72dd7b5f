package dev.parigot.fleet;

import dev.parigot.app.AppId;
import dev.parigot.engine.CallOutcome;
import dev.parigot.engine.Engine;
import dev.parigot.engine.Limits;
import dev.parigot.metering.Metering;
import dev.parigot.release.Release;
import dev.parigot.release.ReleasedService;
import dev.parigot.situation.InMemoryKeyValue;
import dev.parigot.situation.Interceptor;
import dev.parigot.situation.Situation;
import dev.parigot.situation.Time;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * A deployment of a small module of the platform's own, called for a moment: it loads and compiles
 * what every call needs, so that the first guest finds it warm.
 */
final class Rehearsal {
  private static final String NAME = "rehearsal";

  /** Enough for the engine to hand the module's functions to its compiler. */
  private static final int CALLS = 1000;

  private static final int REQUEST_BYTES = 1024;
  private static final Duration MOST = Duration.ofSeconds(2);

  private final Engine engine;
  private final Clock clock;
  private final Time time;
  private final RandomGenerator random;

  Rehearsal(Engine engine, Clock clock, Time time, RandomGenerator random) {
    this.engine = engine;
    this.clock = clock;
    this.time = time;
    this.random = random;
  }

  /** Makes the calls, one after the other, and stops at the first that fails. */
  void run(Calls calls, Lane lane) {
    ReleasedService released = released();
    InstancePool pool =
        new InstancePool(new InstancePool.Size(0, 1, 1), this::start, time, (_, _, _) -> {});
    RunningService service =
        new RunningService(released, pool, new Metering(clock).of(0, NAME), time);
    RunningDeployment deployment =
        new RunningDeployment(release(released), lane, Map.of(NAME, service));
    try {
      long end = time.monotonicNanos() + MOST.toNanos();
      byte[] request = new byte[REQUEST_BYTES];
      boolean well = true;
      for (int i = 0; i < CALLS && well && time.monotonicNanos() - end < 0; i++) {
        well = calls.fromOutside(deployment, NAME, "echo", request) instanceof CallOutcome.Returned;
      }
    } finally {
      deployment.retire();
    }
  }

  private Guest start() {
    try (InputStream in =
        Objects.requireNonNull(Rehearsal.class.getResourceAsStream("rehearsal.wasm"))) {
      return new Guest.Instantiated(
          engine.instantiate(
              engine.code(NAME, in.readAllBytes(), Limits.DEFAULT), NAME, NAME, nowhere()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ReleasedService released() {
    return new ReleasedService(
        NAME,
        "service",
        NAME,
        0,
        false,
        null,
        0,
        1,
        Limits.DEFAULT.memoryBytes(),
        MOST.toNanos(),
        List.of("echo"),
        List.of());
  }

  private Release release(ReleasedService service) {
    return new Release(
        0,
        new AppId(0),
        0,
        Release.State.LIVE,
        new Release.Origin.Push(),
        null,
        NAME,
        clock.instant(),
        null,
        Release.Contents.of(List.of(service)),
        new Release.Changes(List.of(), List.of(), List.of(), List.of()));
  }

  private Situation nowhere() {
    return new Situation(
        NAME,
        new InMemoryKeyValue(),
        Map.of(),
        (_, _, _, _, _) -> {},
        time,
        random,
        (_, _, _, _) -> new CallOutcome.Failed(404, "There is no other service."),
        null,
        null,
        null,
        null,
        Interceptor.PASS);
  }
}
