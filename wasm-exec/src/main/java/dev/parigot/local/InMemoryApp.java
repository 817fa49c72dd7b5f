package dev.parigot.local;

import dev.parigot.engine.CallOutcome;
import dev.parigot.engine.Engine;
import dev.parigot.engine.Instance;
import dev.parigot.engine.Tenant;
import dev.parigot.history.Chronicle;
import dev.parigot.manifest.Manifest;
import dev.parigot.situation.Call;
import dev.parigot.situation.InMemoryKeyValue;
import dev.parigot.situation.KeyValue;
import dev.parigot.situation.LogSink;
import dev.parigot.situation.Situation;
import dev.parigot.situation.TestControl;
import dev.parigot.situation.User;
import dev.parigot.timing.Scheduler;
import dev.parigot.timing.Stalled;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An app in its {@code test} situation: fresh, in memory, one guest at a time in the order of a
 * scheduler, on its clock. Two that are made alike and called alike do the same, to the byte. For
 * one thread at a time.
 */
public final class InMemoryApp implements AutoCloseable {
  private final Engine engine;
  private final AppCode code;
  private final Scheduler scheduler;
  private final Setting setting;
  private final Duration patience;
  private final Spares spares;
  private final Chronicle chronicle;
  private final VirtualTime time;
  private final KeyValue keyValue;
  private final Calls calls;
  private final Map<AppCode.Program, Pool> pools = new LinkedHashMap<>();
  private final InMemoryCron cron;
  private final InMemoryQueues queues;
  private final InMemoryChannels channels;
  private final Situation situation;

  /**
   * @param scheduler for this app alone; closed with it
   * @param patience how long, in real time, a guest may compute without a host call before that
   *     counts as a time-out
   */
  public InMemoryApp(
      Engine engine,
      AppCode code,
      Scheduler scheduler,
      Setting setting,
      Duration patience,
      LogSink log) {
    this(engine, code, scheduler, setting, patience, log, Witness.none(), new Spares());
    spares.close();
  }

  /**
   * @param spares where instances come from and go to
   */
  InMemoryApp(
      Engine engine,
      AppCode code,
      Scheduler scheduler,
      Setting setting,
      Duration patience,
      LogSink log,
      Witness witness,
      Spares spares) {
    this.engine = engine;
    this.code = code;
    this.scheduler = scheduler;
    this.setting = setting;
    this.patience = patience;
    this.keyValue = witness.over(new InMemoryKeyValue());
    this.spares = spares;
    this.chronicle = witness.chronicle();
    this.time = new VirtualTime(scheduler, setting.beginning());
    this.calls = new Calls(scheduler, log, chronicle, setting.random().apply("traces"));
    Manifest manifest = code.manifest();
    this.cron = new InMemoryCron(manifest.cron(), scheduler, time, calls, chronicle);
    this.channels = new InMemoryChannels(manifest.channelRules());
    this.queues = new InMemoryQueues(manifest.queues(), scheduler, calls, witness);
    this.situation =
        new Situation(
            keyValue,
            setting.config(),
            log,
            time,
            setting.random().apply("random"),
            calls,
            calls,
            queues,
            channels,
            setting.outbound(),
            new Control(),
            calls);
    for (AppCode.Program program : code.programs()) {
      Pool pool =
          new Pool(number -> instantiate(program, number), instance -> leave(program, instance));
      pools.put(program, pool);
      program.services().keySet().forEach(name -> calls.add(name, callee(name, pool)));
    }
    if (setting.schedules()) {
      cron.begin();
    }
  }

  private Callee callee(String name, Pool pool) {
    Manifest.Service service = code.manifest().services().get(name);
    // A test takes as long as its clock is made to go.
    long timeout = service == null ? Long.MAX_VALUE : service.timeout().toNanos();
    int most = service == null ? Integer.MAX_VALUE : Math.max(1, service.max());
    return new Callee(pool, timeout, most);
  }

  private Instance instantiate(AppCode.Program program, int number) {
    List<Tenant> tenants =
        program.services().keySet().stream()
            .map(service -> tenant(service, service + "-" + number))
            .toList();
    tenants.forEach(tenant -> chronicle.born(tenant.instance()));
    Instance spare = spares.take(program, tenants);
    Instance instance = spare == null ? engine.instantiate(program.code(), tenants) : spare;
    calls.started(instance);
    return instance;
  }

  private void leave(AppCode.Program program, Instance instance) {
    calls.ended(instance);
    spares.leave(program, instance);
  }

  private Tenant tenant(String service, String name) {
    boolean test = code.manifest().tests().containsKey(service);
    Situation own =
        situation
            .withRandom(setting.random().apply("random of " + name))
            .withTime(setting.clock().apply(service, test ? time.ofTests() : time));
    return new Tenant(service, name, own);
  }

  /**
   * Makes an instance of each program, each after those that it calls, as far as they can start.
   */
  public void start() throws InterruptedException {
    List<AppCode.Program> order = code.order();
    run("parigot", "start", () -> order.forEach(this::start));
  }

  private void start(AppCode.Program program) {
    String services = String.join(", ", program.services().keySet());
    calls.start(services, Objects.requireNonNull(pools.get(program)));
  }

  /** The numbers of the messages that are still to be delivered. */
  List<Long> waiting() {
    return queues.waiting();
  }

  /** The values of its services. */
  public KeyValue keyValue() {
    return keyValue;
  }

  /**
   * A call from outside, of public services and private ones. Throws {@link Stalled} if it can't
   * end.
   */
  public CallOutcome call(String service, String method, byte[] request)
      throws InterruptedException {
    return call(service, method, request, null);
  }

  /** The same on behalf of a user. */
  public CallOutcome call(String service, String method, byte[] request, @Nullable User user)
      throws InterruptedException {
    CallOutcome[] outcome = new CallOutcome[1];
    Manifest.Target target = new Manifest.Target(service, method);
    run(
        service,
        "call " + method,
        () -> outcome[0] = calls.fromOutside(target, 1, null, user, request));
    return outcome[0];
  }

  /** Makes the call of a schedule now. */
  public CallOutcome fire(String schedule) throws InterruptedException {
    CallOutcome[] outcome = new CallOutcome[1];
    run("parigot", "fire " + schedule, () -> outcome[0] = cron.run(schedule));
    return outcome[0];
  }

  /** Moves the clock to that long after its beginning, with everything that is due meanwhile. */
  public void advanceTo(long nanos) throws InterruptedException {
    if (nanos > scheduler.now()) {
      run("parigot", "advance", () -> scheduler.advance(nanos));
    }
  }

  /** Lets everything end that is under way. */
  public void settle() throws InterruptedException {
    run("parigot", "settle", () -> scheduler.quiesce());
  }

  private void run(String actor, String action, Runnable work) throws InterruptedException {
    scheduler.run(actor, action, work, patience.toNanos(), calls::cutShort);
  }

  private final class Control implements TestControl {
    @Override
    public void advance(long nanos) {
      if (nanos > 0) {
        scheduler.advance(VirtualTime.after(scheduler.now(), nanos));
      }
    }

    @Override
    public void quiesce() {
      scheduler.quiesce();
    }

    @Override
    public CallOutcome runCron(Call caller, String name) {
      return cron.run(name);
    }

    @Override
    public List<byte[]> published(String channel) {
      return channels.published(channel);
    }
  }

  @Override
  public void close() {
    scheduler.close();
    pools.values().forEach(Pool::close);
    calls.close();
  }
}
