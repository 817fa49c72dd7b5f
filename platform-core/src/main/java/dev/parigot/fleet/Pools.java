package dev.parigot.fleet;

import dev.parigot.app.AppId;
import dev.parigot.channel.Broadcast;
import dev.parigot.channel.Declared;
import dev.parigot.engine.Code;
import dev.parigot.engine.Engine;
import dev.parigot.engine.Limits;
import dev.parigot.metering.Metering;
import dev.parigot.observe.LogLine;
import dev.parigot.release.Artifacts;
import dev.parigot.release.Release;
import dev.parigot.release.ReleasedService;
import dev.parigot.situation.Channels;
import dev.parigot.situation.LogSink;
import dev.parigot.situation.Outbound;
import dev.parigot.situation.Queues;
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
  private final Capabilities capabilities;
  private final Metering metering;
  private final Time time;
  private final RandomGenerator random;
  private final Calls calls;
  private final Queues queues;
  private final Histories histories;
  private final AtomicLong instances = new AtomicLong();

  Pools(
      FleetSettings settings,
      Engine engine,
      Artifacts artifacts,
      Capabilities capabilities,
      Metering metering,
      Time time,
      RandomGenerator random,
      Calls calls,
      Queues queues,
      Histories histories) {
    this.settings = settings;
    this.engine = engine;
    this.artifacts = artifacts;
    this.capabilities = capabilities;
    this.metering = metering;
    this.time = time;
    this.random = random;
    this.calls = calls;
    this.queues = queues;
    this.histories = histories;
  }

  /** The release's services by name; those that are as they were before share their pool. */
  Map<String, RunningService> of(
      Release release,
      Map<String, String> environment,
      Share share,
      @Nullable RunningDeployment before) {
    Map<String, RunningService> services = new LinkedHashMap<>();
    for (ReleasedService service : release.services()) {
      InstancePool kept = before == null ? null : kept(environment, service, before);
      services.put(
          service.name(),
          new RunningService(
              service,
              kept == null ? fresh(release.app(), environment, share, service) : kept,
              metering.of(release.app().value(), service.name()),
              time));
    }
    return services;
  }

  private static @Nullable InstancePool kept(
      Map<String, String> environment, ReleasedService service, RunningDeployment before) {
    RunningService old = before.service(service.name());
    if (old == null
        || !environment.equals(before.environment())
        || !sameInstances(old.released(), service)) {
      return null;
    }
    return old.pool().hold() ? old.pool() : null;
  }

  /** Whether instances of one can serve as instances of the other. */
  private static boolean sameInstances(ReleasedService a, ReleasedService b) {
    return a.digest().equals(b.digest())
        && a.memoryBytes() == b.memoryBytes()
        && a.min() == b.min()
        && a.max() == b.max();
  }

  private InstancePool fresh(
      AppId app, Map<String, String> environment, Share share, ReleasedService service) {
    Situation situation = situation(app, environment);
    Lazy code = new Lazy(service);
    return new InstancePool(
        new InstancePool.Size(service.min(), service.max(), settings.waitingPerService()),
        share,
        () ->
            new Guest.Instantiated(
                engine.prepare(code.get(), service.name(), name(service), situation),
                histories.of(app)),
        time,
        (instance, call, text) ->
            capabilities
                .logs()
                .write(app, service.name(), instance, LogLine.Level.ERROR, text, call));
  }

  /** Unique for as long as the platform runs, and so are the log lines that bear it. */
  private String name(ReleasedService service) {
    return service.name() + "." + instances.incrementAndGet();
  }

  private Situation situation(AppId app, Map<String, String> environment) {
    LogSink sink =
        (service, instance, level, message, call) -> {
          StackRoom.require();
          capabilities
              .logs()
              .write(app, service, instance, LEVELS[Math.clamp(level, 0, 4)], message, call);
        };
    return new Situation(
        StackRoom.before(capabilities.keyValues().of(app)),
        environment,
        sink,
        time,
        random,
        calls,
        calls,
        (caller, queue, message) -> {
          StackRoom.require();
          queues.send(caller, queue, message);
        },
        channels(app),
        outbound(app),
        null,
        histories.of(app));
  }

  /** Which channels there are is a matter of the release that the call began in. */
  private Channels channels(AppId app) {
    Broadcast broadcast = capabilities.channels().of(app);
    return (_, channel, message) -> {
      StackRoom.require();
      Declared.check(calls.current().release().contents().channels(), channel);
      broadcast.publish(channel, message);
    };
  }

  /** What may be reached is a matter of the release that the call began in. */
  private Outbound outbound(AppId app) {
    return (caller, request) -> {
      StackRoom.require();
      return capabilities
          .outbound()
          .send(
              app,
              calls.current().release().contents().outbound(),
              request,
              caller.deadlineNanos() - time.monotonicNanos());
    };
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
