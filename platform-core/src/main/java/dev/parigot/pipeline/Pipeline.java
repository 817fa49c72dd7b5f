package dev.parigot.pipeline;

import dev.parigot.app.App;
import dev.parigot.app.Apps;
import dev.parigot.fleet.Fleet;
import dev.parigot.observe.Events;
import dev.parigot.release.Artifacts;
import dev.parigot.release.Release;
import dev.parigot.release.Releases;
import java.time.Clock;
import java.util.function.Function;

/**
 * Takes what was pushed to a running release. Deployments of one app are ordered, never
 * interleaved.
 */
public final class Pipeline {
  /**
   * @param address where an app is reached, told when it is live
   */
  public Pipeline(
      Apps apps,
      Releases releases,
      Artifacts artifacts,
      Fleet fleet,
      Events events,
      Clock clock,
      Function<App, String> address) {}

  /**
   * Makes the release {@code number} live again, as a new release with its artifacts and its
   * configuration. A {@code Problem} if there is none of that number, it failed, or it is live.
   */
  public Release rollback(App app, int number, String by, Progress progress) {
    throw new AssertionError("skeleton");
  }

  /**
   * Reads, checks and stores what was pushed, makes the release and starts its new services, while
   * calls still go to the release before it. Throws a {@code Problem} with every mistake as a
   * detail, after which nothing has changed.
   *
   * @param by the e-mail of who deploys
   */
  public Prepared prepare(App app, String by, SourceTree source, Progress progress) {
    throw new AssertionError("skeleton");
  }

  /**
   * A release that is ready to be made live. Holds the app's place in the order of deployments
   * until one of its methods was called.
   */
  public interface Prepared {
    Release release();

    /** Makes the release live and lets calls move to it. */
    Release commit();

    /** Gives it up: the release is marked failed, what was started for it is stopped. */
    void abandon(String why);
  }
}
