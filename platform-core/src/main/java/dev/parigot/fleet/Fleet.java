package dev.parigot.fleet;

import dev.parigot.app.AppId;
import dev.parigot.engine.CallOutcome;
import dev.parigot.engine.Engine;
import dev.parigot.manifest.ChannelRules;
import dev.parigot.metering.Metering;
import dev.parigot.queue.Messages;
import dev.parigot.release.Artifacts;
import dev.parigot.release.Release;
import dev.parigot.situation.Call;
import dev.parigot.situation.CallIds;
import dev.parigot.situation.Time;
import dev.parigot.situation.WallTime;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running services of all live releases. See DESIGN.md. */
public final class Fleet implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Fleet.class);
  private static final int TEND_SECONDS = 15;
  private static final int LOOK_MILLIS = 1_000;

  private final FleetSettings settings;
  private final Metering metering;
  private final Capabilities capabilities;
  private final ExecutorService guests;
  private final Calls calls;
  private final Pools pools;
  private final Rehearsal rehearsal;
  private final Turns turns;
  private final Histories histories;
  private final Time time;
  private final ConcurrentMap<AppId, RunningDeployment> active = new ConcurrentHashMap<>();
  private final ConcurrentMap<AppId, Lane> lanes = new ConcurrentHashMap<>();
  private final List<ScheduledFuture<?>> rounds;

  /**
   * @param settings how much may run and wait
   * @param guests runs guests: see {@link GuestThreads}
   * @param scheduler wakes the fleet up now and then to close what is idle and to look at the
   *     queues; one thread will do
   * @param ticker has the fleet share out the cores, each 10 ms; a thread that does little else
   * @param random what guests get as randomness: a cryptographic source
   */
  public Fleet(
      FleetSettings settings,
      Engine engine,
      Artifacts artifacts,
      Capabilities capabilities,
      Metering metering,
      Clock clock,
      RandomGenerator random,
      ExecutorService guests,
      ScheduledExecutorService scheduler,
      ScheduledExecutorService ticker) {
    this.settings = settings;
    this.metering = metering;
    this.capabilities = capabilities;
    this.guests = guests;
    this.time = new WallTime(clock, System::nanoTime);
    this.histories =
        new Histories(
            capabilities.messages(), capabilities.channels().areAlone(), clock, time, random);
    this.turns = new Turns(settings.cores());
    this.calls = new Calls(time, new CallIds(random), guests);
    Courier courier =
        new Courier(
            capabilities.messages(),
            calls,
            capabilities.logs(),
            metering,
            histories,
            random,
            settings.rest(),
            this::enter);
    this.pools =
        new Pools(
            settings,
            engine,
            artifacts,
            capabilities,
            metering,
            time,
            random,
            calls,
            courier,
            histories);
    this.rehearsal = new Rehearsal(engine, clock, time, random);
    this.rounds =
        List.of(
            scheduler.scheduleWithFixedDelay(
                this::tend, TEND_SECONDS, TEND_SECONDS, TimeUnit.SECONDS),
            scheduler.scheduleWithFixedDelay(
                courier::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS),
            ticker.scheduleWithFixedDelay(
                this::look, Turns.EVERY_NANOS, Turns.EVERY_NANOS, TimeUnit.NANOSECONDS));
  }

  /** Brings the live releases back at start; their services start with their first call. */
  public void restore(List<Release> live) {
    for (Release release : live) {
      active.put(release.app(), deployment(release, null));
    }
    active.values().forEach(this::fill);
  }

  /**
   * Makes a service of the platform's own, {@code rehearsal} with the method {@code echo}, live as
   * that app until it is stopped: calls of it make the platform warm for the first guest.
   */
  public void rehearse(AppId app) {
    active.put(app, rehearsal.deployment(app, lane()));
  }

  /**
   * Starts what the release needs and proves it: each new service has an instance, and its method
   * {@code health}, if it has one, answers without an error. Calls are not moved yet. A {@code
   * Problem} if a service can't start or is not well.
   */
  public Deployment start(Release release) {
    return start(release, Replacement.CHANGED);
  }

  /** The same, with new instances of all services if that is wanted. */
  public Deployment start(Release release, Replacement replacement) {
    RunningDeployment before =
        switch (replacement) {
          case CHANGED -> active.get(release.app());
          case ALL -> null;
        };
    RunningDeployment deployment = deployment(release, before);
    try {
      new Starts(deployment, before, guests, service -> calls.ofHealth(deployment, service)).run();
    } catch (RuntimeException e) {
      deployment.retire();
      throw e;
    }
    return deployment;
  }

  /**
   * Moves the app's calls to the deployment and lets go of the one before, once its calls have
   * ended.
   */
  public void activate(Deployment deployment) {
    RunningDeployment next = (RunningDeployment) deployment;
    RunningDeployment before = active.put(next.release().app(), next);
    if (before != null) {
      before.retire();
      letGoOfListeners(before.release(), next.release());
    }
    fill(next);
  }

  /** Of channels that others may listen to now, or nobody: who still may comes again. */
  private void letGoOfListeners(Release before, Release next) {
    ChannelRules were = before.contents().channels();
    ChannelRules are = next.contents().channels();
    if (!were.equals(are)) {
      capabilities
          .channels()
          .of(next.app())
          .end(name -> !were.audience(name).equals(are.audience(name)));
    }
  }

  /** Lets go of a deployment that was never activated. */
  public void discard(Deployment deployment) {
    ((RunningDeployment) deployment).retire();
  }

  /** Stops all of an app. */
  public void stop(AppId app) {
    RunningDeployment deployment = active.remove(app);
    if (deployment != null) {
      deployment.retire();
    }
    Lane lane = lanes.remove(app);
    if (lane != null) {
      lane.close();
    }
    capabilities.outbound().forget(app);
    capabilities.channels().forget(app);
    histories.forget(app);
  }

  /** What happens to the apps here. */
  public Histories histories() {
    return histories;
  }

  /**
   * Whether a call of the app from outside is likely to wait, so that it should not do that on a
   * thread that others need.
   */
  public boolean isFull(AppId app) {
    Lane lane = lanes.get(app);
    return lane != null && lane.share().isFull();
  }

  /** The release that the app's calls go to. */
  public Optional<Release> active(AppId app) {
    return Optional.ofNullable(active.get(app)).map(RunningDeployment::release);
  }

  /**
   * Calls a method of the app's active release from outside, on the calling thread's behalf, and
   * waits.
   */
  public CallOutcome call(AppId app, String service, String method, byte[] request) {
    return call(app, service, method, request, Origin.UNKNOWN);
  }

  /** The same, of a call that brings something along. */
  public CallOutcome call(AppId app, String service, String method, byte[] request, Origin origin) {
    RunningDeployment deployment = enter(app);
    if (deployment == null) {
      return new CallOutcome.Failed(404, "Nothing is deployed.");
    }
    try {
      return calls.fromOutside(deployment, service, method, request, origin);
    } finally {
      deployment.exit();
    }
  }

  /**
   * Calls a method of the app's active release with an empty request, because the platform itself
   * has a reason to, and waits. Not to be used on a guest's thread.
   *
   * @param told of the release and the call, before it begins
   */
  public CallOutcome call(
      AppId app,
      String service,
      String method,
      Cancellation cancellation,
      BiConsumer<Release, Call> told) {
    RunningDeployment deployment = enter(app);
    if (deployment == null) {
      return new CallOutcome.Failed(404, "Nothing is deployed.");
    }
    try {
      RunningService called = deployment.service(service);
      return called == null
          ? new CallOutcome.Failed(404, "The app has no service " + service + ".")
          : calls.ofPlatform(
              deployment,
              called,
              method,
              cancellation,
              call -> told.accept(deployment.release(), call));
    } finally {
      deployment.exit();
    }
  }

  /** What runs now, in the order of the release's services; empty if nothing is active. */
  public List<ServiceStatus> status(AppId app) {
    RunningDeployment deployment = active.get(app);
    return deployment == null
        ? List.of()
        : deployment.services().stream().map(service -> status(deployment, service)).toList();
  }

  /**
   * What each service has that has something, and what happened to it since this was last asked.
   */
  public List<ServiceLoad> loads() {
    List<ServiceLoad> loads = new ArrayList<>();
    active.forEach((app, deployment) -> {
      for (RunningService service : deployment.services()) {
        ServiceLoad load = ServiceLoad.of(app, service);
        if (load.isAny()) {
          loads.add(load);
        }
      }
    });
    return loads;
  }

  /**
   * Starts instances of a service in the background, or closes idle ones, until there are so many,
   * as far as its minimum, its maximum and its calls allow.
   */
  public void scale(AppId app, String service, int instances) {
    RunningDeployment deployment = active.get(app);
    RunningService scaled = deployment == null ? null : deployment.service(service);
    if (scaled == null) {
      return;
    }
    InstancePool pool = scaled.pool();
    if (instances < pool.instances()) {
      pool.shrink(instances);
    } else {
      inBackground(() -> pool.reach(instances));
    }
  }

  /**
   * The queues of the active release, and those that only hold messages of an earlier one, by name.
   */
  public List<QueueStatus> queues(AppId app) {
    RunningDeployment deployment = active.get(app);
    Map<String, Release.Queue> declared =
        deployment == null ? Map.of() : deployment.release().contents().queues();
    Map<String, Messages.Figures> figures = capabilities.messages().figures(app);
    SortedSet<String> names = new TreeSet<>(declared.keySet());
    names.addAll(figures.keySet());
    return names.stream()
        .map(name ->
            new QueueStatus(
                name,
                declared.get(name),
                figures.getOrDefault(name, Messages.Figures.NONE),
                deployment == null ? 0 : deployment.lane().taken(name),
                metering.queue(app.value(), name)))
        .toList();
  }

  /** Stops everything. Calls in progress end with their instances' next turn. */
  @Override
  public void close() {
    rounds.forEach(round -> round.cancel(false));
    List.copyOf(active.keySet()).forEach(this::stop);
  }

  private @Nullable RunningDeployment enter(AppId app) {
    RunningDeployment deployment = active.get(app);
    while (deployment != null && !deployment.enter()) {
      Thread.onSpinWait();
      deployment = active.get(app);
    }
    return deployment;
  }

  private RunningDeployment deployment(Release release, @Nullable RunningDeployment before) {
    Lane lane = lanes.computeIfAbsent(release.app(), _ -> lane());
    Map<String, String> environment = new HashMap<>(release.config());
    environment.putAll(capabilities.secrets().values(release.app()));
    return new RunningDeployment(
        release, environment, lane, pools.of(release, environment, lane.share(), before));
  }

  private Lane lane() {
    return new Lane(settings, turns.share(settings.share()), guests);
  }

  private void look() {
    try {
      turns.look(time.monotonicNanos());
    } catch (RuntimeException e) {
      // One that throws would be the last one.
      log.error("The cores could not be shared out", e);
    }
  }

  private void fill(RunningDeployment deployment) {
    for (RunningService service : deployment.services()) {
      if (service.pool().lacking()) {
        inBackground(service.pool()::fill);
      }
    }
  }

  private void inBackground(Runnable start) {
    try {
      guests.execute(start);
    } catch (RejectedExecutionException e) {
      log.debug("Too busy to start instances ahead", e);
    }
  }

  private void tend() {
    for (RunningDeployment deployment : active.values()) {
      deployment.lane().resume();
      fill(deployment);
    }
    capabilities.outbound().tend();
    capabilities.channels().tend();
  }

  private ServiceStatus status(RunningDeployment deployment, RunningService service) {
    Release release = deployment.release();
    Metering.Figures figures = metering.figures(release.app().value(), service.name());
    InstancePool pool = service.pool();
    return new ServiceStatus(
        service.released(),
        release.number(),
        state(pool),
        pool.instances(),
        figures.calls(),
        figures.errors(),
        figures.p95Nanos(),
        lastError(release.app(), pool));
  }

  private @Nullable String lastError(AppId app, InstancePool pool) {
    String error = pool.lastError();
    return error == null ? null : capabilities.secrets().mask(app, error);
  }

  private static ServiceStatus.State state(InstancePool pool) {
    if (pool.failing()) {
      return ServiceStatus.State.FAILING;
    }
    return pool.instances() > 0 ? ServiceStatus.State.RUNNING : ServiceStatus.State.IDLE;
  }
}
