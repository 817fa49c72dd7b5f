package dev.parigot.fleet;

import dev.parigot.app.AppId;
import dev.parigot.engine.CallOutcome;
import dev.parigot.release.Release;
import java.util.List;
import java.util.Optional;

/** The running services of all live releases. */
public final class Fleet implements AutoCloseable {
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
