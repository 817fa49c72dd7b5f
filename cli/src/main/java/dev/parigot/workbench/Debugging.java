package dev.parigot.workbench;

import static java.util.stream.Collectors.joining;

import dev.parigot.debug.DebugPort;
import dev.parigot.debug.Debuggable;
import dev.parigot.debug.SourceFiles;
import dev.parigot.engine.Engine;
import dev.parigot.engine.EngineOptions;
import dev.parigot.manifest.Blueprint;
import dev.parigot.manifest.Manifest;
import dev.parigot.situation.Interceptor;
import dev.parigot.situation.Time;
import dev.parigot.wasm.MalformedWasm;
import dev.parigot.wasm.WasmModule;
import dev.parigot.wasm.WasmReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Guests that wait for a debugger: one call at a time, without deadlines, in an engine that serves
 * one debugger. When that has left, the app goes on in the next one.
 */
public final class Debugging implements Conduct {
  private static final int WARNING = 3;

  /** A paused guest is never late. */
  private static final long TIMEOUT_NANOS = Duration.ofDays(365).toNanos();

  private final EngineOptions options;
  private final SourceFiles sources;
  private final DebugPort port;
  private final Turn turn = new Turn();
  private final Map<String, Debuggable> told = new HashMap<>();
  private final Set<Engine> engines = ConcurrentHashMap.newKeySet();

  /** GraalVM's own hook would wait for ever for a debug adapter whose line is open. */
  private final Thread atExit = new Thread(this::hangUp, "debuggers' end");

  private @Nullable Runnable reload;

  /**
   * @param port where debuggers come to, on the loopback address; 0 takes a free one
   * @param folder of the app, which source files are named relative to
   * @param threads grows with need
   */
  public Debugging(int port, Path folder, EngineOptions options, Executor threads)
      throws IOException {
    this.sources = new SourceFiles(folder);
    this.options = options.debugging(sources);
    this.port = DebugPort.open(port, threads, this::left);
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  public int port() {
    return port.port();
  }

  /** What has the app loaded anew when a debugger has left. */
  public synchronized void onLeft(Runnable task) {
    reload = task;
  }

  private void left() {
    Runnable task;
    synchronized (this) {
      task = reload;
    }
    if (task != null) {
      task.run();
    }
  }

  /** A new one: functions of which a debugger knew the source before would be strange to it. */
  @Override
  public Lease engine() {
    Engine engine = Engine.start(options);
    engines.add(engine);
    port.serve(engine.debugLine());
    return new Lease() {
      @Override
      public Engine engine() {
        return engine;
      }

      @Override
      public void close() {
        if (engines.remove(engine)) {
          engine.close();
        }
      }
    };
  }

  @Override
  public Executor calls(Executor threads) {
    return turn.over(threads);
  }

  @Override
  public Time time(Time time) {
    return new Time() {
      @Override
      public long nowNanos() {
        return time.nowNanos();
      }

      @Override
      public long monotonicNanos() {
        return time.monotonicNanos();
      }

      @Override
      public void sleep(long nanos) throws InterruptedException {
        time.sleep(nanos);
      }

      /** Nobody watches for guests past their deadline. */
      @Override
      public boolean passesByItself() {
        return false;
      }
    };
  }

  @Override
  public long timeoutNanos(Manifest.Service service) {
    return TIMEOUT_NANOS;
  }

  /** A call never waits for an instance that a paused one has. */
  @Override
  public int most(Manifest.Service service) {
    return Integer.MAX_VALUE;
  }

  /** A debugger reads the memory and the lines of a module as it was compiled. */
  @Override
  public boolean winds() {
    return false;
  }

  @Override
  public boolean leavesTrails() {
    return false;
  }

  @Override
  public Interceptor interceptor() {
    return turn;
  }

  /** Tells which services a debugger can show, and of the others what mends that; each once. */
  @Override
  public void loaded(Blueprint app, Blueprint.Files files, Journal journal) {
    app.services()
        .forEach((service, part) -> {
          try {
            WasmModule module = WasmReader.read(files.read(part.path()));
            Debuggable verdict = Debuggable.of(module, sources);
            if (!verdict.equals(told.put(service, verdict))) {
              tell(service, verdict, journal);
            }
          } catch (Blueprint.Unreadable | MalformedWasm e) {
            // It has changed meanwhile, and will be looked at again.
          }
        });
  }

  private void tell(String service, Debuggable verdict, Journal journal) {
    switch (verdict) {
      case Debuggable.Yes(List<Path> found) ->
          journal.note(
              service
                  + " can be debugged: "
                  + found.stream().map(sources::name).sorted().collect(joining(", ")));
      case Debuggable.No(String reason) ->
          journal.log(service, WARNING, "can't be debugged: it " + reason);
    }
  }

  private void hangUp() {
    port.close();
    engines.forEach(engine -> engine.debugLine().close());
  }

  @Override
  public void close() {
    hangUp();
    engines.forEach(Engine::close);
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      // It runs.
    }
  }
}
