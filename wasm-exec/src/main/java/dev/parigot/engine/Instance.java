package dev.parigot.engine;

import dev.parigot.host.Guest;
import dev.parigot.situation.Call;
import dev.parigot.situation.Time;
import dev.parigot.situation.User;
import dev.parigot.wasm.Import;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyExecutable;
import org.graalvm.polyglot.proxy.ProxyObject;
import org.jspecify.annotations.Nullable;

/**
 * One instance of a module, with memories of its own: one service, or all that the module was wound
 * from. It takes one call at a time: entering it twice is a programming error and throws {@link
 * IllegalStateException}. One of a command takes one call in all.
 */
public final class Instance implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Instance.class.getName());
  private static final String TRACE = "parigot:trace";
  private static final byte[] NOTHING = {};

  private final Sandbox sandbox;
  private final Code code;
  private Time time;
  private final Map<String, Resident> residents = new LinkedHashMap<>();

  /** The resident of a module that was not wound. */
  private final @Nullable Resident only;

  private Visit visit;

  /** Those around it, of a program that was wound with a trace. */
  private final Deque<Visit> around = new ArrayDeque<>();

  private List<Value> starters = List.of();
  private long told;
  private volatile boolean initializing = true;

  /** Null if its state can't be brought back. */
  private @Nullable Rewinder rewinder;

  /** Whether it has used an import. */
  private boolean reachedOutside;

  /**
   * @param tenants one for each service of the code, in their order
   */
  Instance(Sandbox sandbox, Code code, List<Tenant> tenants, Time time) {
    this.sandbox = sandbox;
    this.code = code;
    this.time = time;
    Iterator<Tenant> next = tenants.iterator();
    code.services()
        .forEach((name, contract) ->
            residents.put(name, new Resident(this, name, next.next(), contract)));
    this.only = residents.get(Code.ALONE);
    this.visit = ahead(Code.INITIALIZE);
  }

  private Visit ahead(String method) {
    return Visit.ahead(method, time.monotonicNanos() + code.startLimit().toNanos());
  }

  /** What it is called in logs and traces. One of several services has a name for each of them. */
  public String name() {
    return told(Resident::instance);
  }

  /** The names of it, one for each of its services. */
  public List<String> names() {
    return residents().stream().map(Resident::instance).toList();
  }

  /** What it is called in those of a service. */
  public String name(String service) {
    return resident(service).instance();
  }

  private String told(Function<Resident, String> fact) {
    return residents().stream().map(fact).collect(Collectors.joining(", "));
  }

  private Collection<Resident> residents() {
    return residents.values();
  }

  /**
   * Links it and runs what has to run before the first call; once. Throws {@link CannotStart} if
   * that fails, and it has ended.
   */
  public void start() {
    ProxyObject provided;
    try {
      provided = importObject();
    } catch (CannotStart e) {
      close();
      throw e;
    }
    mustStart(run(visit, () -> link(provided)));
  }

  private void mustStart(CallOutcome outcome) {
    initializing = false;
    if (!(outcome instanceof CallOutcome.Returned) || !usable()) {
      close();
      throw new CannotStart(told(Resident::service) + " can't start: " + told(outcome));
    }
  }

  /** Whether it can {@link #beginAnew}: nothing has ended it, and its code is repeatable. */
  public boolean isRepeatable() {
    return code.isRepeatable() && usable();
  }

  /**
   * Begins anew in the place of an instance of {@link Engine#repeatable}, for other tenants, who
   * find it as if it had just been made. What can be brought back is; if its memory has grown, or
   * it has a state that nothing brings back, the module is linked again. Throws {@link CannotStart}
   * as a new one does.
   *
   * @param tenants one for each service of the code, in their order; all in the same time
   */
  public void beginAnew(List<Tenant> tenants) {
    if (!isRepeatable()) {
      throw new IllegalStateException("It can't begin anew");
    }
    time = tenants.getFirst().situation().time();
    sandbox.setTime(time);
    Iterator<Tenant> next = tenants.iterator();
    residents().forEach(each -> each.changeTenant(next.next()));
    told = 0;
    initializing = true;
    mustStart(run(ahead(Code.INITIALIZE), this::bringBack));
  }

  private CallOutcome bringBack() {
    Rewinder back = rewinder;
    if (back == null || !back.restore()) {
      residents().forEach(Resident::moveOut);
      return link(importObject());
    }
    if (back.startsAgain()) {
      runStarters();
    }
    return new CallOutcome.Returned(NOTHING);
  }

  private String told(CallOutcome outcome) {
    return switch (outcome) {
      case CallOutcome.Returned _ -> "it was closed";
      case CallOutcome.Failed failed -> failed.message();
      case CallOutcome.Trapped trapped -> trapped.reason();
      case CallOutcome.LimitReached reached ->
          switch (reached.limit()) {
            case TIME -> "it was not ready after " + code.startLimit().toMillis() + " ms";
            case MEMORY -> "it ran out of memory";
          };
    };
  }

  /**
   * Runs ahead what the first call would run for the first time, as far as no method is called: the
   * allocators. For an instance that has just been made; if it fails, the instance ends.
   */
  public void warm() {
    CallOutcome _ =
        run(
            ahead(""),
            () -> {
              residents().forEach(Resident::warm);
              return new CallOutcome.Returned(NOTHING);
            });
  }

  private ProxyObject importObject() {
    Map<String, Map<String, Object>> modules = new HashMap<>();
    for (Import each : code.imports()) {
      modules.computeIfAbsent(each.module(), _ -> new HashMap<>()).put(each.name(), provide(each));
    }
    Map<String, Object> object = new HashMap<>();
    modules.forEach((module, members) -> object.put(module, ProxyObject.fromMap(members)));
    return ProxyObject.fromMap(object);
  }

  /** Winding names an import {@code MODULE@SERVICE}. */
  private ProxyExecutable provide(Import wanted) {
    if (only != null) {
      return only.provide(wanted.module(), wanted);
    }
    String module = wanted.module();
    if (module.equals(TRACE)) {
      return trace(wanted.name());
    }
    int at = module.lastIndexOf('@');
    return resident(module.substring(at + 1)).provide(module.substring(0, at), wanted);
  }

  private ProxyExecutable trace(String event) {
    return event.equals("enter")
        ? arguments -> {
          begin(code.edge(arguments[0].asInt()));
          return null;
        }
        : _ -> {
          end();
          return null;
        };
  }

  /** A call between services begins, as those tell that were wound with a trace. */
  private void begin(Code.Edge edge) {
    Call outer = visit.call();
    Call call =
        new Call(
            outer.id() + "." + ++told,
            edge.to(),
            edge.method(),
            edge.from(),
            outer.deadlineNanos(),
            1,
            outer.traceparent(),
            outer.user());
    around.push(visit);
    visit = visit.within(resident(edge.from()), resident(edge.to()), call);
  }

  private void end() {
    Resident left = visit.entered();
    if (left != null) {
      left.callHasEnded();
    }
    visit = around.pop();
  }

  private Resident resident(String service) {
    Resident found = only == null ? residents.get(service) : only;
    if (found == null) {
      throw new IllegalArgumentException("The instance has no service " + service);
    }
    return found;
  }

  private CallOutcome link(ProxyObject provided) {
    sandbox.context().initialize("wasm");
    Value exports =
        sandbox.context().eval(code.source()).newInstance(provided).getMember("exports");
    LongFunction<String> lines = code.lines();
    if (lines != null) {
      sandbox.follow(new Footprints(exports, lines));
    }
    if (code.isBounded()) {
      sandbox.bound(() -> Code.reached(exports));
    }
    residents().forEach(each -> each.moveIn(sandbox.context(), exports));
    starters = code.starters().stream().map(exports::getMember).toList();
    reachedOutside = false;
    rewinder = code.canBeRestored() ? new Rewinder(code, sandbox.context(), exports) : null;
    if (only == null || !only.isCommand()) {
      runStarters();
    }
    if (rewinder != null) {
      rewinder.started(!reachedOutside);
    }
    return new CallOutcome.Returned(NOTHING);
  }

  private void runStarters() {
    starters.forEach(Value::executeVoid);
  }

  /** Is told when it uses an import. */
  void reachesOutside() {
    reachedOutside = true;
  }

  /**
   * Calls {@code call.method()} on the calling thread, and never beyond {@code
   * call.deadlineNanos()}. In a service that is a method and the request is its argument; in a
   * plain module it is an export, the request a JSON array of its arguments and the response one of
   * its results; in a command it is {@code http}, the request a raw HTTP message and the response
   * what the command wrote as a CGI program. Of services that were wound it is {@code
   * call.service()} that is called.
   */
  public CallOutcome call(Call call, byte[] request) {
    if (initializing) {
      throw new IllegalStateException("The instance has not started");
    }
    Resident entered = resident(call.service());
    if (request.length > Limits.MESSAGE_BYTES) {
      return new CallOutcome.Failed(413, "A request has at most 10 MiB");
    }
    return run(Visit.of(entered, call), () -> entered.call(call.method(), request));
  }

  /** See {@link Guest#actAs}. */
  void actAs(@Nullable User user) {
    visit = visit.as(user);
  }

  /** See {@link Guest#canEnter}. */
  boolean canEnter(Resident running, String service) {
    return only == null
        && residents.containsKey(service)
        && Collections.disjoint(code.paths().reach(service), visit.underWay(running));
  }

  /** See {@link Guest#enter}. */
  CallOutcome enter(Resident running, Call call, byte[] request) {
    Visit outer = visit;
    Resident entered = resident(call.service());
    Visit inner = outer.within(running, entered, call);
    visit = inner;
    CallOutcome outcome =
        sandbox.within(inner.call().deadlineNanos(), () -> entered.call(call.method(), request));
    visit = outer;
    if (outcome instanceof CallOutcome.LimitReached) {
      spoil();
    }
    return outcome;
  }

  private CallOutcome run(Visit next, Supplier<CallOutcome> work) {
    return sandbox.run(next.call().deadlineNanos(), () -> visit = next, work, this::endCall);
  }

  private void endCall() {
    for (Resident each : residents()) {
      try {
        each.callHasEnded();
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.ERROR, "The last lines of a call could not be logged", e);
      }
    }
  }

  Code code() {
    return code;
  }

  /** What it was last entered for. */
  Visit visit() {
    return visit;
  }

  boolean initializing() {
    return initializing;
  }

  void spoil() {
    sandbox.spoil();
  }

  <T extends @Nullable Object> T outside(Supplier<T> effect) {
    return sandbox.outside(effect);
  }

  /** False once a trap, a limit or {@link #close} has ended it: it must not be called again. */
  public boolean usable() {
    return sandbox.usable();
  }

  /**
   * A number of the call that runs code of the guest now, another one for each call; -1 if none
   * does, also while a call waits in an import. A paused guest counts as one that runs. From any
   * thread.
   */
  public long running() {
    return sandbox.visitInGuest();
  }

  /**
   * Holds the guest up in its own code, or when it next comes there, until {@link #resume}; its
   * deadlines go on, and end it. From any thread but its own.
   */
  public void pause() {
    sandbox.pause();
  }

  /** Lets it go on. */
  public void resume() {
    sandbox.resume();
  }

  /** The size of its memories as they were when last seen. */
  public long memoryBytes() {
    return residents().stream().mapToLong(Resident::memoryBytes).sum();
  }

  /**
   * Ends it, a call in progress included; may be called from any thread, and again. A guest that
   * waits in an import ends when that returns.
   */
  @Override
  public void close() {
    sandbox.close();
  }
}
