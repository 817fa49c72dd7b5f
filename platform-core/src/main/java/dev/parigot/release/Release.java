package dev.parigot.release;

import dev.parigot.app.AppId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One immutable deployment of an app. A rollback is a new release that reuses older artifacts.
 *
 * @param number 1, 2, … in the app
 * @param origin how it came to be
 * @param commit the full git commit id, or null if it did not come by git
 * @param by the e-mail of who made it
 * @param failure why the launch failed, its details on lines of their own, or null
 * @param config the configuration it runs with
 * @param site the files of the static front end by path without a leading slash
 * @param siteService the service that gets what no file matches, or null
 */
public record Release(
    long id,
    AppId app,
    int number,
    State state,
    Origin origin,
    @Nullable String commit,
    String by,
    Instant at,
    @Nullable String failure,
    List<ReleasedService> services,
    Map<String, SiteFile> site,
    @Nullable String siteService,
    Map<String, String> config,
    Changes changes) {

  /** What has become of a release. */
  public enum State {
    /** Stored, its services being started; calls still go to the release before it. */
    STARTING,
    LIVE,
    /** Was live until a newer one was. */
    REPLACED,
    FAILED
  }

  /** How a release came to be. */
  public sealed interface Origin {
    /** What was deployed, by git or as an archive. */
    record Push() implements Origin {}

    /** The artifacts and the configuration of an earlier release, once more. */
    record Rollback(int number) implements Origin {}

    /** The artifacts that were live, with another configuration. */
    record Reconfiguration() implements Origin {}
  }

  /** A file of the site: its artifact and size in bytes. */
  public record SiteFile(String digest, long size) {}

  /** Names of services, against the release that was live before, compared by content. */
  public record Changes(
      List<String> changed, List<String> unchanged, List<String> added, List<String> removed) {}
}
