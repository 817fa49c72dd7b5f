package dev.parigot.fleet;

import dev.parigot.app.AppId;
import dev.parigot.engine.CallOutcome;
import dev.parigot.engine.Engine;
import dev.parigot.keyvalue.KeyValues;
import dev.parigot.metering.Metering;
import dev.parigot.observe.Logs;
import dev.parigot.release.Artifacts;
import dev.parigot.release.Release;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.random.RandomGenerator;

/** The running services of all live releases. */
public final class Fleet implements AutoCloseable {
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
      ScheduledExecutorService scheduler) {}

  /** Brings the live releases back at start; their services start with their first call. */
  public void restore(List<Release> live) {
    throw new AssertionError("skeleton");
  }

  /**
   * Starts what the release needs and proves that it instantiates; calls are not moved yet. A
   * {@code Problem} if a service can't start.
   */
  public Deployment start(Release release) {
    throw new AssertionError("skeleton");
  }

  /**
   * Moves the app's calls to the deployment and lets go of the one before, once its calls have
   * ended.
   */
  public void activate(Deployment deployment) {
    throw new AssertionError("skeleton");
  }

  /** Lets go of a deployment that was never activated. */
  public void discard(Deployment deployment) {
    throw new AssertionError("skeleton");
  }

  /** Stops all of an app. */
  public void stop(AppId app) {
    throw new AssertionError("skeleton");
  }

  /** The release that the app's calls go to. */
  public Optional<Release> active(AppId app) {
    throw new AssertionError("skeleton");
  }

  /**
   * Calls a method of the app's active release from outside, on the calling thread's behalf, and
   * waits.
   */
  public CallOutcome call(AppId app, String service, String method, byte[] request) {
    throw new AssertionError("skeleton");
  }

  /** What runs now, in the order of the release's services; empty if nothing is active. */
  public List<ServiceStatus> status(AppId app) {
    throw new AssertionError("skeleton");
  }

  @Override
  public void close() {
    throw new AssertionError("skeleton");
  }
}
