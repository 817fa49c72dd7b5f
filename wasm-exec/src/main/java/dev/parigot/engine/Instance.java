package dev.parigot.engine;

import dev.parigot.contract.Contract;
import dev.parigot.host.Guest;
import dev.parigot.host.GuestMemory;
import dev.parigot.host.GuestStop;
import dev.parigot.host.Imports;
import dev.parigot.host.Packed;
import dev.parigot.situation.Call;
import dev.parigot.situation.Situation;
import dev.parigot.wasm.ExternalKind;
import dev.parigot.wasm.Import;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyExecutable;
import org.graalvm.polyglot.proxy.ProxyObject;
import org.jspecify.annotations.Nullable;

/**
 * One instance of a module, with a memory of its own. It takes one call at a time: entering it
 * twice is a programming error and throws {@link IllegalStateException}.
 */
public final class Instance implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Instance.class.getName());
  private static final String INITIALIZE = "_initialize";
  private static final long CANCELLATION_SECONDS = 10;

  private final Context context;
  private final Code code;
  private final String service;
  private final String name;
  private final Situation situation;
  private final Watchdog watchdog;
  private final Occupancy occupancy = new Occupancy();
  private final CompletableFuture<Void> contextClosed = new CompletableFuture<>();
  private final Imports imports;

  private volatile long deadlineNanos;
  private volatile boolean usable = true;
  private Call call;
  private volatile boolean initializing = true;
  private boolean spoiled;
  private volatile @Nullable GuestMemory memory;
  private volatile @Nullable Entry entry;

  Instance(
      Context context,
      Code code,
      String service,
      String name,
      Situation situation,
      Watchdog watchdog) {
    this.context = context;
    this.code = code;
    this.service = service;
    this.name = name;
    this.situation = situation;
    this.watchdog = watchdog;
    this.imports = Imports.of(new Inside(), situation, service);
    long deadline = situation.time().monotonicNanos() + code.limits().start().toNanos();
    this.call = new Call(name, service, INITIALIZE, null, deadline, 1, "");
  }

  /** The service it is an instance of. */
  public String service() {
    return service;
  }

  public String name() {
    return name;
  }

  /** Links it and runs what has to run before the first call. */
  void start() {
    ProxyObject provided;
    try {
      provided = importObject();
    } catch (CannotStart e) {
      close();
      throw e;
    }
    watchdog.watch(this);
    CallOutcome outcome = run(call, () -> link(provided));
    initializing = false;
    if (!(outcome instanceof CallOutcome.Returned) || !usable) {
      close();
      throw new CannotStart(service + " can't start: " + told(outcome));
    }
  }

  private String told(CallOutcome outcome) {
    return switch (outcome) {
      case CallOutcome.Returned _ -> "it was closed";
      case CallOutcome.Failed failed -> failed.message();
      case CallOutcome.Trapped trapped -> trapped.reason();
      case CallOutcome.LimitReached reached ->
          switch (reached.limit()) {
            case TIME -> "it was not ready after " + code.limits().start().toMillis() + " ms";
            case MEMORY -> "it ran out of memory";
          };
    };
  }

  private ProxyObject importObject() {
    if (code.contract().kind() == Contract.Kind.COMMAND) {
      throw new CannotStart(
          service
              + " is a command (it exports _start); only services and plain modules can be run yet");
    }
    Map<String, Map<String, Object>> modules = new HashMap<>();
    for (Import each : code.imports()) {
      modules.computeIfAbsent(each.module(), _ -> new HashMap<>()).put(each.name(), provide(each));
    }
    Map<String, Object> object = new HashMap<>();
    modules.forEach((module, members) -> object.put(module, ProxyObject.fromMap(members)));
    return ProxyObject.fromMap(object);
  }

  private ProxyExecutable provide(Import wanted) {
    ProxyExecutable function =
        imports
            .function(wanted.module(), wanted.name())
            .filter(_ -> wanted.type().kind() == ExternalKind.FUNCTION)
            .orElseThrow(() ->
                new CannotStart(
                    "%s imports %s %s (byte %s), which nothing provides"
                        .formatted(service, wanted.module(), wanted.name(), wanted.offset())));
    return arguments -> {
      if (memory != null) {
        memory.guestHasRun();
      }
      return function.execute(arguments);
    };
  }

  private CallOutcome link(ProxyObject provided) {
    context.initialize("wasm");
    Value exports = context.eval(code.source()).newInstance(provided).getMember("exports");
    Value linear = exports.getMember("memory");
    if (linear != null && linear.hasBufferElements()) {
      memory = new GuestMemory(context, linear);
    }
    Contract contract = code.contract();
    entry =
        contract.kind() == Contract.Kind.SERVICE
            ? new ServiceEntry(exports, contract.methods(), memory(), () -> spoiled = true)
            : new PlainEntry(exports, contract.methods());
    if (code.starts()) {
      exports.getMember(Code.START).executeVoid();
    }
    if (contract.initializes()) {
      exports.getMember(INITIALIZE).executeVoid();
    }
    return new CallOutcome.Returned(new byte[0]);
  }

  private GuestMemory memory() {
    if (memory == null) {
      throw new GuestStop.Trap("an import needs the module's memory, which it doesn't export");
    }
    return memory;
  }

  /**
   * Calls {@code call.method()} on the calling thread, and never beyond {@code
   * call.deadlineNanos()}. In a service that is a method and the request is its argument; in a
   * plain module it is an export, the request a JSON array of its arguments and the response one of
   * its results.
   */
  public CallOutcome call(Call call, byte[] request) {
    Entry present = entry;
    if (present == null) {
      throw new IllegalStateException("The instance has not started");
    }
    if (request.length > Limits.MESSAGE_BYTES) {
      return new CallOutcome.Failed(413, "A request has at most 10 MiB");
    }
    return run(call, () -> present.call(call.method(), request));
  }

  private CallOutcome run(Call next, Supplier<CallOutcome> work) {
    deadlineNanos = next.deadlineNanos();
    occupancy.enter();
    call = next;
    CallOutcome outcome = contained(work);
    if (!occupancy.settle()) {
      awaitCancellation();
    }
    endCall();
    if (!occupancy.leave(!spoiled && !(outcome instanceof CallOutcome.LimitReached))) {
      closeContext();
    }
    return outcome;
  }

  private CallOutcome contained(Supplier<CallOutcome> work) {
    try {
      context.enter();
      try {
        return work.get();
      } finally {
        context.leave();
      }
    } catch (Throwable thrown) {
      // Whatever it was: the guest was left in the middle. Cancelling throws an Error of the
      // engine.
      spoiled = true;
      return GuestFailure.of(thrown, occupancy.cancelled(), occupancy.overdue());
    }
  }

  /** Waits for the thread that closes the context, so that its interrupt doesn't come later. */
  @SuppressWarnings("ThreadInterruptedIgnored")
  private void awaitCancellation() {
    contextClosed.completeOnTimeout(null, CANCELLATION_SECONDS, TimeUnit.SECONDS).join();
    Thread.interrupted();
  }

  private void endCall() {
    try {
      imports.callHasEnded();
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "The last lines of a call could not be logged", e);
    }
  }

  /** False once a trap, a limit or {@link #close} has ended it: it must not be called again. */
  public boolean usable() {
    return usable;
  }

  /** The size of its memory as it was when last seen. */
  public long memoryBytes() {
    GuestMemory present = memory;
    return present == null ? 0 : present.lastSize();
  }

  /** Ends the call in progress if its deadline has passed. */
  void endIfOverdue(Executor cancellers) {
    if (!situation.time().passesByItself()) {
      return;
    }
    long visit = occupancy.visit();
    if (visit >= 0
        && situation.time().monotonicNanos() - deadlineNanos >= 0
        && occupancy.expire(visit)) {
      usable = false;
      cancellers.execute(this::closeContext);
    }
  }

  /**
   * Ends it, a call in progress included; may be called from any thread, and again. A guest that
   * waits in an import ends when that returns.
   */
  @Override
  public void close() {
    usable = false;
    if (occupancy.end()) {
      closeContext();
    }
  }

  private void closeContext() {
    usable = false;
    watchdog.forget(this);
    try {
      context.close(true);
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "A context could not be closed", e);
    } finally {
      contextClosed.complete(null);
    }
  }

  /** The instance from inside one of its imports. */
  private final class Inside implements Guest {
    private boolean giving;

    @Override
    public String instance() {
      return name;
    }

    @Override
    public Call call() {
      return call;
    }

    @Override
    public boolean initializing() {
      return initializing;
    }

    @Override
    public GuestMemory memory() {
      return Instance.this.memory();
    }

    @Override
    public long give(byte[] bytes) {
      return given(present -> present.give(bytes));
    }

    @Override
    public long fail(int code, String message) {
      return given(present -> present.fail(code, message));
    }

    private long given(ToLongFunction<Entry> gift) {
      if (giving) {
        throw new GuestStop.Trap("parigot_alloc must not use imports");
      }
      giving = true;
      try {
        return entry == null ? Packed.NO_ROOM : gift.applyAsLong(entry);
      } finally {
        giving = false;
      }
    }

    @Override
    public <T extends @Nullable Object> T outside(Supplier<T> effect) {
      if (!occupancy.inGuest()) {
        return effect.get();
      }
      occupancy.goOutside();
      T result;
      try {
        result = effect.get();
      } finally {
        occupancy.comeBack();
      }
      occupancy.check();
      return result;
    }
  }
}
