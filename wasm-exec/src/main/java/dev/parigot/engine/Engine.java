package dev.parigot.engine;

import dev.parigot.contract.Role;
import dev.parigot.debug.Line;
import dev.parigot.debug.SourceFiles;
import dev.parigot.situation.Situation;
import dev.parigot.situation.Time;
import dev.parigot.source.SourceLines;
import dev.parigot.wind.Options;
import dev.parigot.wind.Part;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.PolyglotAccess;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.io.IOAccess;
import org.jspecify.annotations.Nullable;

/** GraalWasm in this process. Thread-safe. */
public final class Engine implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Engine.class.getName());
  private static final String INTERPRETER = "Interpreted";

  /** The proposals that are off unless asked for, and that guests may use. */
  static final Map<String, String> PROPOSALS =
      Map.of(
          "wasm.MultiMemory", "true",
          "wasm.ExtendedConstExpressions", "true",
          "wasm.RelaxedSIMD", "true");

  /** What a 64-bit memory takes in addition; it lies outside of the heap. */
  static final Map<String, String> WIDE_MEMORIES =
      Map.of("wasm.Memory64", "true", "wasm.UseUnsafeMemory", "true");

  private final org.graalvm.polyglot.Engine engine;
  private final Pausing.@Nullable Entered entered;

  /** Null until a module asks for it. */
  private org.graalvm.polyglot.@Nullable Engine wideEngine;

  private final CodeCache codes = new CodeCache();
  private final Watchdog watchdog;

  /** Read by whoever makes a context; written by whoever ends the making. */
  private final ReadWriteLock life = new ReentrantReadWriteLock();

  private final @Nullable Debugged debugged;
  private boolean closed;

  private Engine(
      org.graalvm.polyglot.Engine engine, Watchdog watchdog, @Nullable Debugged debugged) {
    this.engine = engine;
    this.entered = debugged == null ? Pausing.Entered.of(engine) : null;
    this.watchdog = watchdog;
    this.debugged = debugged;
  }

  /** What an engine has whose guests are debugged: a debugger steps only within one context. */
  private record Debugged(Context context, DebugAdapter adapter) {}

  /** Throws {@link EngineUnavailable} if this JVM would only interpret guests. */
  public static Engine start(EngineOptions options) {
    org.graalvm.polyglot.Engine.Builder builder = builder();
    SourceFiles sources = options.debugged();
    DebugAdapter.Announcement announcement =
        sources == null ? null : DebugAdapter.startWith(builder);
    org.graalvm.polyglot.Engine engine = builder.build();
    if (interprets(engine) && !options.allowInterpreter()) {
      engine.close();
      throw new EngineUnavailable(
          """
          This JVM would interpret WASM, 45 to 160 times slower than compiled. Start it on a JDK 25 \
          with -XX:+UnlockExperimentalVMOptions -XX:+EnableJVMCI --upgrade-module-path and the folder \
          of the Graal compiler, no newer than the JDK; or allow the interpreter.\
          """);
    }
    Debugged debugged = null;
    if (sources != null && announcement != null) {
      DebugAdapter adapter = DebugAdapter.connect(announcement);
      IOAccess files = IOAccess.newBuilder().fileSystem(new SourceFileSystem(sources)).build();
      debugged = new Debugged(context(engine).allowIO(files).build(), adapter);
    }
    Watchdog watchdog = new Watchdog(options.watchdog(), options.cancellers());
    return new Engine(engine, watchdog, debugged);
  }

  private static Context.Builder context(org.graalvm.polyglot.Engine engine) {
    return Context.newBuilder("wasm")
        .engine(engine)
        // For the buffer behind a memory; there is no other language that a guest could reach.
        .allowPolyglotAccess(PolyglotAccess.ALL);
  }

  private static org.graalvm.polyglot.Engine.Builder builder() {
    return org.graalvm.polyglot.Engine.newBuilder("wasm")
        .allowExperimentalOptions(true)
        .option("engine.WarnInterpreterOnly", "false")
        // Guests run on platform threads; others only close contexts.
        .option("engine.WarnVirtualThreadSupport", "false")
        .options(PROPOSALS);
  }

  private static boolean interprets(org.graalvm.polyglot.Engine engine) {
    return engine.getImplementationName().equals(INTERPRETER);
  }

  /** Whether guests are compiled, and not interpreted. */
  public boolean compiles() {
    return !interprets(engine);
  }

  /** The line by which a debugger reaches the guests. */
  public Line debugLine() {
    if (debugged == null) {
      throw new IllegalStateException("The guests of this engine aren't debugged");
    }
    return debugged.adapter();
  }

  /**
   * The module with that digest under those limits, parsed at most once while anybody holds it.
   * Throws {@link CannotStart} if it isn't a module that this engine can run.
   */
  public Code code(String digest, byte[] module, Limits limits) {
    return code(digest, module, limits, Role.SERVICE);
  }

  /** As {@link #code(String, byte[], Limits)}, of a module that the manifest names in that role. */
  public Code code(String digest, byte[] module, Limits limits, Role role) {
    return codes.get(digest, limits, () -> Code.of(digest, module, limits, role));
  }

  /**
   * As {@link #code(String, byte[], Limits, Role)}. Its instances do the same wherever they run
   * ({@link dev.parigot.wasm.Bounds}), and can begin anew, unless they are a command's: see {@link
   * Instance#beginAnew}.
   */
  public Code repeatable(String digest, byte[] module, Limits limits, Role role) {
    return codes.get(
        digest + " repeatable", limits, () -> Code.repeatable(digest, module, limits, role));
  }

  /**
   * Services and plain modules that are to live in the same instances, wound into one module.
   * Throws {@link CannotStart} if one begins with more than its limits.
   *
   * @param parts each after those that it calls and waits for; calls of others stay with the
   *     situation
   * @param limits by the parts' names; each one's memory is its own, and the longest start is the
   *     start of all
   * @param options with a trace, calls between the services are known as well as those from outside
   */
  public Code wound(List<Part> parts, Map<String, Limits> limits, Options options) {
    return Code.wound(parts, limits, options, Map.of(), false);
  }

  /** As {@link #wound(List, Map, Options)}; its instances do the same wherever they run. */
  public Code repeatablyWound(List<Part> parts, Map<String, Limits> limits) {
    return Code.wound(parts, limits, Options.DEFAULT, Map.of(), true);
  }

  /**
   * As {@link #wound(List, Map, Options)}; failures tell lines of the sources, and calls take
   * longer.
   *
   * @param lines by the parts' names, of those that have any
   */
  public Code wound(
      List<Part> parts,
      Map<String, Limits> limits,
      Options options,
      Map<String, SourceLines> lines) {
    return Code.wound(parts, limits, options, lines, false);
  }

  /** A module whose failures tell lines of its source, and whose calls take longer for that. */
  public Code traced(String digest, byte[] module, Limits limits, SourceLines lines) {
    return Code.traced(digest, module, limits, lines);
  }

  /**
   * Makes an instance and runs its {@code _initialize}; one of a command is ready to be run once.
   * Throws {@link CannotStart} if that fails.
   *
   * @param instance its name in logs and traces
   */
  public Instance instantiate(Code code, String service, String instance, Situation situation) {
    return instantiate(code, List.of(new Tenant(service, instance, situation)));
  }

  /**
   * As {@link #instantiate(Code, String, String, Situation)}, but of the instance no code has run:
   * {@link Instance#start} comes first.
   */
  public Instance prepare(Code code, String service, String instance, Situation situation) {
    return prepare(code, List.of(new Tenant(service, instance, situation)));
  }

  /**
   * As {@link #instantiate(Code, String, String, Situation)}, of services that were wound.
   *
   * @param tenants one for each of them, in their order; all in the same time
   */
  public Instance instantiate(Code code, List<Tenant> tenants) {
    Instance made = prepare(code, tenants);
    made.start();
    return made;
  }

  private Instance prepare(Code code, List<Tenant> tenants) {
    Time time = tenants.getFirst().situation().time();
    return new Instance(sandbox(code, time), code, tenants, time);
  }

  /** One that is watched, and that {@link #close} therefore knows. */
  private Sandbox sandbox(Code code, Time time) {
    life.readLock().lock();
    try {
      if (closed) {
        throw new CannotStart("The engine is stopped.");
      }
      Sandbox sandbox =
          code.isWide()
              ? alone(wideEngine(), Pausing.Entered.of(wideEngine()), code, time)
              : debugged == null
                  ? alone(engine, entered, code, time)
                  : new Sandbox(debugged.context(), null, false, time, watchdog, code::name);
      watchdog.watch(sandbox);
      return sandbox;
    } finally {
      life.readLock().unlock();
    }
  }

  private Sandbox alone(
      org.graalvm.polyglot.Engine engine, Pausing.@Nullable Entered entered, Code code, Time time) {
    return new Sandbox(context(engine).build(), entered, true, time, watchdog, code::name);
  }

  private synchronized org.graalvm.polyglot.Engine wideEngine() {
    org.graalvm.polyglot.Engine present = wideEngine;
    if (present == null) {
      present = builder().options(WIDE_MEMORIES).build();
      wideEngine = present;
    }
    return present;
  }

  private synchronized void closeWideEngine() {
    if (wideEngine != null) {
      wideEngine.close(true);
    }
  }

  /**
   * Ends every instance; whoever asks for one afterwards is told that none can start. The contexts
   * are closed before the engine: an engine that closes them itself waits, with its lock held, for
   * a guest that is just closing its own, and that guest for the lock.
   */
  @Override
  public void close() {
    life.writeLock().lock();
    try {
      closed = true;
    } finally {
      life.writeLock().unlock();
    }
    watchdog.close();
    Set<Sandbox> sandboxes = watchdog.sandboxes();
    sandboxes.forEach(Sandbox::close);
    sandboxes.forEach(Sandbox::finish);
    if (debugged != null) {
      debugged.adapter().close();
      debugged.context().close(true);
      closeDebugged();
    } else {
      engine.close(true);
    }
    closeWideEngine();
  }

  /**
   * The last thing that closing does is to look for threads of the adapter, of which one may just
   * be ending.
   */
  private void closeDebugged() {
    try {
      engine.close(true);
    } catch (PolyglotException e) {
      if (!e.isInternalError()) {
        throw e;
      }
      LOG.log(System.Logger.Level.DEBUG, "The debug adapter ends after its engine", e);
    }
  }
}
