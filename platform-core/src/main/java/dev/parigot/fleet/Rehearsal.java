package dev.parigot.fleet;

import dev.parigot.app.AppId;
import dev.parigot.engine.CallOutcome;
import dev.parigot.engine.Engine;
import dev.parigot.engine.Limits;
import dev.parigot.history.Chronicle;
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
 * A service of the platform's own, with a method {@code echo}: who calls it for a while loads and
 * compiles what every call needs, so that the first guest finds it warm.
 */
final class Rehearsal {
  private static final String NAME = "rehearsal";
  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  /** As many as call it side by side. */
  private static final int INSTANCES = 8;

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

  RunningDeployment deployment(AppId app, Lane lane) {
    ReleasedService released = released();
    InstancePool pool =
        new InstancePool(
            new InstancePool.Size(0, INSTANCES, INSTANCES),
            lane.share(),
            this::guest,
            time,
            (_, _, _) -> {});
    RunningService service =
        new RunningService(released, pool, new Metering(clock).of(0, NAME), time);
    return new RunningDeployment(release(app, released), Map.of(), lane, Map.of(NAME, service));
  }

  private Guest guest() {
    try (InputStream in =
        Objects.requireNonNull(Rehearsal.class.getResourceAsStream("rehearsal.wasm"))) {
      return new Guest.Instantiated(
          engine.prepare(
              engine.code(NAME, in.readAllBytes(), Limits.DEFAULT), NAME, NAME, nowhere()),
          new Chronicle());
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
        true,
        null,
        0,
        INSTANCES,
        Limits.DEFAULT.memoryBytes(),
        TIMEOUT.toNanos(),
        List.of("echo"),
        List.of());
  }

  private Release release(AppId app, ReleasedService service) {
    return new Release(
        0,
        app,
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
        null,
        Interceptor.PASS);
  }
}
