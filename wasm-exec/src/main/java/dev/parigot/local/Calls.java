package dev.parigot.local;

import dev.parigot.engine.CallOutcome;
import dev.parigot.engine.CallOutcome.Failed;
import dev.parigot.engine.CallOutcome.Limit;
import dev.parigot.engine.CallOutcome.LimitReached;
import dev.parigot.engine.CallOutcome.Trapped;
import dev.parigot.engine.CannotStart;
import dev.parigot.engine.Instance;
import dev.parigot.history.Chronicle;
import dev.parigot.host.GuestStop;
import dev.parigot.manifest.Manifest;
import dev.parigot.situation.AsyncCalls;
import dev.parigot.situation.Call;
import dev.parigot.situation.HostCall;
import dev.parigot.situation.Interceptor;
import dev.parigot.situation.LogSink;
import dev.parigot.situation.ServiceCalls;
import dev.parigot.situation.User;
import dev.parigot.timing.Fault;
import dev.parigot.timing.Scheduler;
import dev.parigot.timing.Task;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The ways in which calls get to the services of an app in memory. */
final class Calls implements ServiceCalls, AsyncCalls, Interceptor {
  private static final int ERROR = 4;

  private final Scheduler scheduler;
  private final LogSink log;
  private final Chronicle chronicle;
  private final RandomGenerator traces;
  private final Map<String, Callee> callees = new LinkedHashMap<>();
  private final Set<Instance> instances = new LinkedHashSet<>();
  private long count;

  /** The instance whose code runs, as far as one does; read by who watches it. */
  private volatile @Nullable Instance running;

  private volatile @Nullable Instance cutShort;

  /**
   * @param traces gives the ids of traces
   */
  Calls(Scheduler scheduler, LogSink log, Chronicle chronicle, RandomGenerator traces) {
    this.scheduler = scheduler;
    this.log = log;
    this.chronicle = chronicle;
    this.traces = traces;
  }

  void add(String service, Callee callee) {
    callees.put(service, callee);
  }

  void started(Instance instance) {
    instances.add(instance);
  }

  /** It is given up, or somebody else's. */
  void ended(Instance instance) {
    instances.remove(instance);
    instance.names().forEach(chronicle::gone);
  }

  /** Makes an instance ahead of the first call; one that can't start is told of in the log. */
  void start(String name, Pool pool) {
    try {
      pool.keep(pool.take());
    } catch (CannotStart e) {
      tell(name, String.valueOf(e.getMessage()));
    }
  }

  /** Whether a call of the service would find an instance. */
  BooleanSupplier available(String service) {
    Callee callee = callees.get(service);
    return callee == null ? () -> true : callee::available;
  }

  /** Writes a line of the app's surroundings to its log. */
  void tell(String about, String message) {
    log.write("parigot", about, ERROR, message, "");
  }

  /** A call that no service makes, on the calling task. */
  CallOutcome fromOutside(
      Manifest.Target target,
      int attempt,
      @Nullable String traceparent,
      @Nullable User user,
      byte[] request) {
    String trace = traceparent == null ? "00-" + hex() + hex() + "-" + hex() + "-01" : traceparent;
    return call(
        new Wanted(
            target.service(),
            target.method(),
            null,
            Long.MAX_VALUE,
            attempt,
            trace,
            user,
            request));
  }

  @Override
  public CallOutcome call(Call caller, String service, String method, byte[] request) {
    return call(
        new Wanted(
            service,
            method,
            caller.service(),
            caller.deadlineNanos(),
            1,
            within(caller),
            caller.user(),
            request));
  }

  @Override
  public Optional<PendingCall> start(Call caller, String service, String method, byte[] request) {
    return Optional.of(
        new Started(
            new Wanted(
                service,
                method,
                caller.service(),
                Long.MAX_VALUE,
                1,
                within(caller),
                caller.user(),
                request)));
  }

  /** A call that has been started. Until a task has begun it, who waits for it may take it over. */
  private final class Started implements PendingCall {
    private final Wanted wanted;
    private final Task task;
    private @Nullable CallOutcome outcome;

    Started(Wanted wanted) {
      this.wanted = wanted;
      this.task =
          scheduler.start(
              wanted.service,
              "call",
              wanted.method,
              scheduler.now(),
              available(wanted.service),
              () -> outcome = call(wanted));
    }

    @Override
    public boolean done() {
      return outcome != null;
    }

    @Override
    public Optional<Claim> claim() {
      Callee callee = callees.get(wanted.service);
      return callee != null && scheduler.withdraw(task)
          ? Optional.of(new Claim(made(wanted, callee), wanted.request))
          : Optional.empty();
    }

    @Override
    public Optional<CallOutcome> await(long nanos) {
      long until = VirtualTime.after(scheduler.now(), nanos);
      scheduler.await(wanted.callee(), this::done, until);
      return Optional.ofNullable(outcome);
    }
  }

  /**
   * A call that is to be made.
   *
   * @param atMost a deadline that is the call's if its own is later
   */
  private record Wanted(
      String service,
      String method,
      @Nullable String caller,
      long atMost,
      int attempt,
      String trace,
      @Nullable User user,
      byte[] request) {
    String callee() {
      return service + "." + method;
    }
  }

  /** The call as it begins now. */
  private Call made(Wanted wanted, Callee callee) {
    long own = VirtualTime.after(scheduler.now(), callee.timeoutNanos());
    return new Call(
        "call-" + ++count,
        wanted.service,
        wanted.method,
        wanted.caller,
        Math.min(wanted.atMost, own),
        wanted.attempt,
        wanted.trace,
        wanted.user);
  }

  private CallOutcome call(Wanted wanted) {
    String service = wanted.service;
    Callee callee = callees.get(service);
    if (callee == null) {
      return new Failed(404, "The app has no service " + service + ".");
    }
    Call call = made(wanted, callee);
    if (!scheduler.await("an instance of " + service, callee::available, call.deadlineNanos())) {
      return new Failed(408, "No instance of " + service + " was free in time.");
    }
    Instance before = wanted.caller == null ? null : running;
    running = null;
    callee.enter();
    try {
      return scheduler.within(
          call.deadlineNanos(), () -> visit(callee.pool(), call, wanted.request));
    } catch (CannotStart e) {
      tell(service, String.valueOf(e.getMessage()));
      return e.outcome();
    } finally {
      callee.leave();
      running = before;
    }
  }

  private CallOutcome visit(Pool pool, Call call, byte[] request) {
    if (pool.remembers() && scheduler.strikes(Fault.COLD)) {
      pool.drop();
    }
    Instance instance = pool.take();
    running = instance;
    CallOutcome outcome =
        chronicle.visit(instance.name(call.service()), call, () -> instance.call(call, request));
    if (cutShort == instance) {
      cutShort = null;
      outcome = new LimitReached(Limit.TIME);
    }
    if (!instance.usable()) {
      ended(instance);
    }
    pool.giveBack(instance);
    if (outcome instanceof Trapped || outcome instanceof LimitReached) {
      tell(instance.name(call.service()), call.method() + told(outcome));
    }
    return outcome;
  }

  private static String told(CallOutcome outcome) {
    return switch (outcome) {
      case Trapped(String reason) -> " trapped: " + reason;
      case LimitReached(Limit limit) -> limit == Limit.TIME ? " timed out" : " ran out of memory";
      default -> "";
    };
  }

  /** The order of host calls: each waits for its turn, and has an effect in time only. */
  @Override
  public <T extends @Nullable Object> T around(HostCall call, Supplier<T> effect) {
    Instance caller = running;
    running = null;
    scheduler.step(
        call.instance(),
        call.cause().service() + "." + call.cause().method(),
        call.action(),
        new String(call.key(), StandardCharsets.UTF_8));
    if (scheduler.now() >= call.cause().deadlineNanos()) {
      throw new GuestStop.Overdue();
    }
    if (scheduler.strikes(Fault.KILL)) {
      throw new GuestStop.Cancelled();
    }
    try {
      return chronicle.around(call, effect);
    } finally {
      running = caller;
    }
  }

  /** Ends the code that runs now, if it is a call's; another thread may ask for that. */
  boolean cutShort() {
    Instance busy = running;
    if (busy == null) {
      return false;
    }
    cutShort = busy;
    busy.close();
    return true;
  }

  void close() {
    instances.forEach(Instance::close);
  }

  private String within(Call caller) {
    return caller.traceparent().substring(0, 36) + hex() + "-01";
  }

  private String hex() {
    return HexFormat.of().toHexDigits(traces.nextLong());
  }
}
