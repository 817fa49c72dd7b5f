package dev.parigot.fleet;

import dev.parigot.app.AppId;
import dev.parigot.engine.CallOutcome;
import dev.parigot.engine.CannotStart;
import dev.parigot.engine.Engine;
import dev.parigot.engine.Limits;
import dev.parigot.keyvalue.KeyValues;
import dev.parigot.metering.Metering;
import dev.parigot.observe.Logs;
import dev.parigot.problem.Problem;
import dev.parigot.release.Artifacts;
import dev.parigot.release.Release;
import dev.parigot.release.ReleasedService;
import dev.parigot.situation.Call;
import dev.parigot.situation.Time;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running services of all live releases. See DESIGN.md. */
public final class Fleet implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Fleet.class);
  private static final int TEND_SECONDS = 15;

  /** The deployment that the call on this thread began in: calls between services stay in it. */
  private static final ScopedValue<RunningDeployment> CURRENT = ScopedValue.newInstance();

  private final FleetSettings settings;
  private final Metering metering;
  private final ExecutorService guests;
  private final Time time;
  private final CallIds ids;
  private final Pools pools;
  private final ConcurrentMap<AppId, RunningDeployment> active = new ConcurrentHashMap<>();
  private final ConcurrentMap<AppId, Semaphore> lanes = new ConcurrentHashMap<>();
  private final ScheduledFuture<?> tending;

  /**
   * @param settings how much may run and wait
   * @param guests runs guests: see {@link GuestThreads}
   * @param scheduler wakes the fleet up now and then to close what is idle; one thread will do
   * @param random what guests get as randomness: a cryptographic source
   */
  public Fleet(
      FleetSettings settings,
      Engine engine,
      Artifacts artifacts,
      KeyValues keyValues,
      Logs logs,
      Metering metering,
      Clock clock,
      RandomGenerator random,
      ExecutorService guests,
      ScheduledExecutorService scheduler) {
    this.settings = settings;
    this.metering = metering;
    this.guests = guests;
    this.time = new WallTime(clock);
    this.ids = new CallIds(random);
    this.pools =
        new Pools(
            settings, engine, artifacts, keyValues, logs, time, random, this::callBetweenServices);
    this.tending =
        scheduler.scheduleWithFixedDelay(this::tend, TEND_SECONDS, TEND_SECONDS, TimeUnit.SECONDS);
  }

  /** Brings the live releases back at start; their services start with their first call. */
  public void restore(List<Release> live) {
    for (Release release : live) {
      active.put(release.app(), new RunningDeployment(release, pools.of(release, null)));
    }
    active.values().forEach(this::fill);
  }

  /**
   * Starts what the release needs and proves that it instantiates; calls are not moved yet. A
   * {@code Problem} if a service can't start.
   */
  public Deployment start(Release release) {
    RunningDeployment before = active.get(release.app());
    RunningDeployment deployment = new RunningDeployment(release, pools.of(release, before));
    List<String> failures;
    try {
      failures = warm(deployment);
    } catch (Problem e) {
      deployment.retire();
      throw e;
    }
    if (!failures.isEmpty()) {
      deployment.retire();
      throw new Problem(
          Problem.Kind.USER,
          422,
          "service-cannot-start",
          failures.size() == 1
              ? "A service can't start."
              : failures.size() + " services can't start.",
          "Mend what the message names, and deploy again.",
          failures);
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
    }
    fill(next);
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
    lanes.remove(app);
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
    RunningDeployment deployment = enter(app);
    if (deployment == null) {
      return new CallOutcome.Failed(404, "Nothing is deployed.");
    }
    try {
      return deployment
          .service(service)
          .map(called -> callFromOutside(deployment, called, method, request))
          .orElseGet(() -> noService(service));
    } finally {
      deployment.exit();
    }
  }

  /** What runs now, in the order of the release's services; empty if nothing is active. */
  public List<ServiceStatus> status(AppId app) {
    RunningDeployment deployment = active.get(app);
    return deployment == null
        ? List.of()
        : deployment.release().services().stream()
            .map(service -> status(deployment, service))
            .toList();
  }

  /** Stops everything. Calls in progress end with their instances' next turn. */
  @Override
  public void close() {
    tending.cancel(false);
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

  private CallOutcome callFromOutside(
      RunningDeployment deployment, ReleasedService service, String method, byte[] request) {
    long deadline = time.monotonicNanos() + service.timeoutNanos();
    Call call = new Call(ids.call(), service.name(), method, null, deadline, 1, ids.trace());
    AppId app = deployment.release().app();
    Semaphore lane = lanes.computeIfAbsent(app, _ -> new Semaphore(settings.callsPerApp(), true));
    CallOutcome refusal = waitFor(lane, deadline);
    if (refusal != null) {
      metering.record(app.value(), service.name(), true, 0);
      return refusal;
    }
    try {
      return onGuestThread(() ->
          ScopedValue.where(CURRENT, deployment)
              .call(() -> run(deployment, service, call, request)));
    } finally {
      lane.release();
    }
  }

  private @Nullable CallOutcome waitFor(Semaphore lane, long deadline) {
    if (lane.tryAcquire()) {
      return null;
    }
    if (lane.getQueueLength() >= settings.waitingPerService()) {
      return new CallOutcome.Failed(429, "Too many calls wait for the app; try again later.");
    }
    try {
      if (lane.tryAcquire(deadline - time.monotonicNanos(), TimeUnit.NANOSECONDS)) {
        return null;
      }
      return new CallOutcome.Failed(408, "Timed out: the app has too many calls in progress.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new CallOutcome.Failed(499, "Cancelled.");
    }
  }

  /** Every wait of the task is bounded by the call's deadline, and so is this one. */
  private CallOutcome onGuestThread(Supplier<CallOutcome> task) {
    try {
      return CompletableFuture.supplyAsync(task, guests).join();
    } catch (RejectedExecutionException e) {
      return new CallOutcome.Failed(429, "The platform has too many calls waiting; try later.");
    }
  }

  private CallOutcome callBetweenServices(
      Call caller, String service, String method, byte[] request) {
    RunningDeployment deployment = CURRENT.get();
    return deployment
        .service(service)
        .map(called -> {
          long own = time.monotonicNanos() + called.timeoutNanos();
          long deadline = own - caller.deadlineNanos() < 0 ? own : caller.deadlineNanos();
          Call call =
              new Call(
                  ids.call(),
                  service,
                  method,
                  caller.service(),
                  deadline,
                  1,
                  ids.within(caller.traceparent()));
          return run(deployment, called, call, request);
        })
        .orElseGet(() -> noService(service));
  }

  private CallOutcome run(
      RunningDeployment deployment, ReleasedService service, Call call, byte[] request) {
    if (!service.methods().contains(call.method())) {
      return new CallOutcome.Failed(
          404, "The service " + service.name() + " has no method " + call.method() + ".");
    }
    if (request.length > Limits.MESSAGE_BYTES) {
      return new CallOutcome.Failed(413, "A request has 10 MiB at most.");
    }
    InstancePool pool = deployment.pools().get(service.name());
    if (pool == null) {
      return noService(service.name());
    }
    long start = time.monotonicNanos();
    CallOutcome outcome = pool.call(call, request);
    metering.record(
        deployment.release().app().value(),
        call.caller(),
        service.name(),
        isError(outcome),
        time.monotonicNanos() - start);
    return outcome;
  }

  /** What the app refuses is an answer; what it or the platform could not do is an error. */
  private static boolean isError(CallOutcome outcome) {
    int code = outcome.code();
    return code == 408 || code == 429 || (code >= 500 && code < 600);
  }

  private static CallOutcome noService(String service) {
    return new CallOutcome.Failed(404, "The app has no service " + service + ".");
  }

  /**
   * One instance of each service that has none, side by side; the reasons of those that failed. A
   * {@code Problem} if it is not their fault.
   */
  private List<String> warm(RunningDeployment deployment) {
    Map<String, Future<?>> starts = new LinkedHashMap<>();
    try {
      for (ReleasedService service : deployment.release().services()) {
        InstancePool pool = deployment.pools().get(service.name());
        if (pool != null) {
          starts.put(service.name(), guests.submit(() -> pool.warm(1)));
        }
      }
    } catch (RejectedExecutionException e) {
      throw new Problem(
          Problem.Kind.RESOURCE,
          503,
          "too-busy",
          "The platform has too many calls waiting to start anything now.",
          "Try again later.",
          List.of());
    }
    List<String> failures = new ArrayList<>();
    starts.forEach((service, start) -> {
      String failure = failure(start);
      if (failure != null) {
        failures.add(service + ": " + failure);
      }
    });
    return failures;
  }

  /** Why a start failed, in the words for who deploys; null if it did not. */
  private static @Nullable String failure(Future<?> start) {
    try {
      start.get();
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "interrupted while it was being started";
    } catch (ExecutionException e) {
      if (e.getCause() instanceof CannotStart cannot) {
        return String.valueOf(cannot.getMessage());
      }
      if (e.getCause() instanceof Problem problem) {
        throw problem;
      }
      log.error("A service could not be started", e.getCause());
      return "the platform failed while it was being started";
    }
  }

  private void fill(RunningDeployment deployment) {
    for (InstancePool pool : deployment.pools().values()) {
      if (pool.lacking()) {
        try {
          guests.execute(pool::fill);
        } catch (RejectedExecutionException e) {
          log.debug("Too busy to start the instances that are to be kept", e);
        }
      }
    }
  }

  private void tend() {
    for (RunningDeployment deployment : active.values()) {
      deployment.pools().values().forEach(pool -> pool.trim(settings.idle().toNanos()));
      fill(deployment);
    }
  }

  private ServiceStatus status(RunningDeployment deployment, ReleasedService service) {
    Release release = deployment.release();
    Metering.Figures figures = metering.figures(release.app().value(), service.name());
    InstancePool pool = deployment.pools().get(service.name());
    return new ServiceStatus(
        service,
        release.number(),
        state(pool),
        pool == null ? 0 : pool.instances(),
        figures.calls(),
        figures.errors(),
        figures.p95Nanos(),
        pool == null ? null : pool.lastError());
  }

  private static ServiceStatus.State state(@Nullable InstancePool pool) {
    if (pool == null) {
      return ServiceStatus.State.STOPPED;
    }
    if (pool.failing()) {
      return ServiceStatus.State.FAILING;
    }
    return pool.instances() > 0 ? ServiceStatus.State.RUNNING : ServiceStatus.State.IDLE;
  }
}
