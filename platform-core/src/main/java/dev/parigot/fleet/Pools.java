package dev.parigot.fleet;

import dev.parigot.app.AppId;
import dev.parigot.engine.Code;
import dev.parigot.engine.Engine;
import dev.parigot.engine.Limits;
import dev.parigot.keyvalue.KeyValues;
import dev.parigot.observe.LogLine;
import dev.parigot.observe.Logs;
import dev.parigot.release.Artifacts;
import dev.parigot.release.Release;
import dev.parigot.release.ReleasedService;
import dev.parigot.situation.Interceptor;
import dev.parigot.situation.LogSink;
import dev.parigot.situation.ServiceCalls;
import dev.parigot.situation.Situation;
import dev.parigot.situation.Time;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Makes the pools of a deployment, and the production situation in which their instances run. */
final class Pools {
  private static final LogLine.Level[] LEVELS = LogLine.Level.values();

  private final FleetSettings settings;
  private final Engine engine;
  private final Artifacts artifacts;
  private final KeyValues keyValues;
  private final Logs logs;
  private final Time time;
  private final RandomGenerator random;
  private final ServiceCalls services;
  private final AtomicLong instances = new AtomicLong();

  Pools(
      FleetSettings settings,
      Engine engine,
      Artifacts artifacts,
      KeyValues keyValues,
      Logs logs,
      Time time,
      RandomGenerator random,
      ServiceCalls services) {
    this.settings = settings;
    this.engine = engine;
    this.artifacts = artifacts;
    this.keyValues = keyValues;
    this.logs = logs;
    this.time = time;
    this.random = random;
    this.services = services;
  }

  /** The release's pools by service; those of services that are as they were before are shared. */
  Map<String, InstancePool> of(Release release, @Nullable RunningDeployment before) {
    Map<String, InstancePool> pools = new LinkedHashMap<>();
    for (ReleasedService service : release.services()) {
      InstancePool kept = before == null ? null : kept(release, service, before);
      pools.put(service.name(), kept == null ? fresh(release, service) : kept);
    }
    return pools;
  }

  private static @Nullable InstancePool kept(
      Release release, ReleasedService service, RunningDeployment before) {
    InstancePool pool = before.pools().get(service.name());
    boolean same =
        release.config().equals(before.release().config())
            && before
                .service(service.name())
                .filter(old -> sameInstances(old, service))
                .isPresent();
    return pool != null && same && pool.hold() ? pool : null;
  }

  /** Whether instances of one can serve as instances of the other. */
  private static boolean sameInstances(ReleasedService a, ReleasedService b) {
    return a.digest().equals(b.digest())
        && a.memoryBytes() == b.memoryBytes()
        && a.min() == b.min()
        && a.max() == b.max();
  }

  private InstancePool fresh(Release release, ReleasedService service) {
    AppId app = release.app();
    Situation situation = situation(release);
    Lazy code = new Lazy(service);
    return new InstancePool(
        new InstancePool.Size(service.min(), service.max(), settings.waitingPerService()),
        () ->
            new Guest.Instantiated(
                engine.instantiate(code.get(), service.name(), name(service), situation)),
        time,
        (instance, call, text) ->
            logs.write(app, service.name(), instance, LogLine.Level.ERROR, text, call));
  }

  /** Unique for as long as the platform runs, and so are the log lines that bear it. */
  private String name(ReleasedService service) {
    return service.name() + "." + instances.incrementAndGet();
  }

  private Situation situation(Release release) {
    AppId app = release.app();
    LogSink sink =
        (service, instance, level, message, call) ->
            logs.write(app, service, instance, LEVELS[Math.clamp(level, 0, 4)], message, call);
    return new Situation(
        "production",
        keyValues.of(app),
        release.config(),
        sink,
        time,
        random,
        services,
        null,
        null,
        null,
        null,
        Interceptor.PASS);
  }

  /** The code of a service, fetched and parsed when first needed. */
  private final class Lazy {
    private final ReleasedService service;
    private @Nullable Code code;

    Lazy(ReleasedService service) {
      this.service = service;
    }

    synchronized Code get() {
      Code known = code;
      if (known == null) {
        known =
            engine.code(
                service.digest(),
                artifacts.get(service.digest()),
                Limits.DEFAULT.withMemory(service.memoryBytes()));
        code = known;
      }
      return known;
    }
  }
}
