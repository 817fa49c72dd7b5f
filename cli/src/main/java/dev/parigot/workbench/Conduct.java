package dev.parigot.workbench;

import dev.parigot.engine.Engine;
import dev.parigot.manifest.Blueprint;
import dev.parigot.manifest.Manifest;
import dev.parigot.situation.Interceptor;
import dev.parigot.situation.Time;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * How guests are run here: as in production, or for a debugger. Closes its engines when it ends.
 */
public interface Conduct extends AutoCloseable {
  /** An engine for one version of the app, until the version has ended. */
  Lease engine();

  /** Runs calls from outside and calls that were started, on threads of these. */
  Executor calls(Executor threads);

  /** What guests and their deadlines see of the time. */
  Time time(Time time);

  /** How long a call of a service may take, in nanoseconds. */
  long timeoutNanos(Manifest.Service service);

  /** How many instances a service may have at a time. */
  int most(Manifest.Service service);

  /** Whether services are wound into one module, so that calls between them are function calls. */
  boolean winds();

  /** Whether modules are edited so that their traps tell lines of the source. */
  boolean leavesTrails();

  Interceptor interceptor();

  /** An app that runs from now on. */
  default void loaded(Blueprint app, Blueprint.Files files, Journal journal) {}

  @Override
  void close();

  /** The use of an engine. */
  interface Lease extends AutoCloseable {
    Engine engine();

    @Override
    void close();
  }

  /**
   * As production runs them, as far as one machine can.
   *
   * @param engine starts it, or waits for its start, when it is first needed
   * @param winds whether services are wound into one module
   */
  static Conduct ordinary(Supplier<Engine> engine, boolean winds) {
    return new Ordinary(engine, winds);
  }
}
