package dev.parigot.engine;

import dev.parigot.contract.Contract;
import dev.parigot.contract.Contract.Kind;
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
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyExecutable;
import org.graalvm.polyglot.proxy.ProxyObject;
import org.jspecify.annotations.Nullable;

/**
 * One instance of a module, with a memory of its own. It takes one call at a time: entering it
 * twice is a programming error and throws {@link IllegalStateException}. One of a command takes one
 * call in all.
 */
public final class Instance implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Instance.class.getName());
  private static final String INITIALIZE = "_initialize";

  private final Sandbox sandbox;
  private final Code code;
  private final String service;
  private final String name;
  private final Situation situation;
  private final Imports imports;

  private Call call;
  private volatile boolean initializing = true;
  private volatile @Nullable GuestMemory memory;
  private volatile @Nullable Entry entry;

  Instance(Sandbox sandbox, Code code, String service, String name, Situation situation) {
    this.sandbox = sandbox;
    this.code = code;
    this.service = service;
    this.name = name;
    this.situation = situation;
    this.imports =
        kind() == Kind.COMMAND
            ? Imports.ofCommand(new Inside(), situation, service)
            : Imports.of(new Inside(), situation, service);
    long deadline = situation.time().monotonicNanos() + code.limits().start().toNanos();
    this.call = new Call(name, service, INITIALIZE, null, deadline, 1, "");
  }

  private Kind kind() {
    return code.contract().kind();
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
    CallOutcome outcome = run(call, () -> link(provided));
    initializing = false;
    if (!(outcome instanceof CallOutcome.Returned) || !usable()) {
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

  /**
   * Runs ahead what the first call would run for the first time, as far as no method is called: the
   * module's allocator. For an instance that has just been made; if it fails, the instance ends.
   */
  public void warm() {
    Entry present = entry;
    if (present != null) {
      long deadline = situation.time().monotonicNanos() + code.limits().start().toNanos();
      CallOutcome _ =
          run(
              new Call(name, service, "", null, deadline, 1, ""),
              () -> {
                present.warm();
                return new CallOutcome.Returned(new byte[0]);
              });
    }
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
    sandbox.context().initialize("wasm");
    Value exports =
        sandbox.context().eval(code.source()).newInstance(provided).getMember("exports");
    Value linear = exports.getMember("memory");
    if (linear != null && linear.hasBufferElements()) {
      memory = new GuestMemory(sandbox.context(), linear);
    }
    entry = entry(exports);
    if (kind() != Kind.COMMAND) {
      initialize(exports);
    }
    return new CallOutcome.Returned(new byte[0]);
  }

  private Entry entry(Value exports) {
    Contract contract = code.contract();
    return switch (contract.kind()) {
      case SERVICE -> new ServiceEntry(exports, contract.methods(), memory(), sandbox::spoil);
      case PLAIN -> new PlainEntry(exports, contract.methods());
      case COMMAND ->
          new CommandEntry(
              exports,
              service,
              situation.configuration(),
              code.starts(),
              imports,
              memory == null || !exports.hasMember("parigot_alloc")
                  ? null
                  : new Room(exports, memory()));
    };
  }

  private void initialize(Value exports) {
    if (code.starts()) {
      exports.getMember(Code.START).executeVoid();
    }
    if (code.contract().initializes()) {
      exports.getMember(INITIALIZE).executeVoid();
    }
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
   * its results; in a command it is {@code http}, the request a raw HTTP message and the response
   * what the command wrote as a CGI program.
   */
  public CallOutcome call(Call call, byte[] request) {
    Entry present = entry;
    if (present == null) {
      throw new IllegalStateException("The instance has not started");
    }
    if (request.length > Limits.MESSAGE_BYTES) {
      return new CallOutcome.Failed(413, "A request has at most 10 MiB");
    }
    return run(
        call,
        () -> {
          if (kind() == Kind.COMMAND) {
            sandbox.spoil();
          }
          return present.call(call.method(), request);
        });
  }

  private CallOutcome run(Call next, Supplier<CallOutcome> work) {
    return sandbox.run(next.deadlineNanos(), () -> call = next, work, this::endCall);
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
    return sandbox.usable();
  }

  /** The size of its memory as it was when last seen. */
  public long memoryBytes() {
    GuestMemory present = memory;
    return present == null ? 0 : present.lastSize();
  }

  /**
   * Ends it, a call in progress included; may be called from any thread, and again. A guest that
   * waits in an import ends when that returns.
   */
  @Override
  public void close() {
    sandbox.close();
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
      return sandbox.outside(effect);
    }
  }
}
