package dev.parigot.release;

import dev.parigot.app.AppId;
import dev.parigot.manifest.ChannelRules;
import dev.parigot.manifest.Fifo;
import dev.parigot.manifest.Manifest;
import dev.parigot.manifest.Schedule;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One immutable deployment of an app. A rollback is a new release that reuses older artifacts.
 *
 * @param number 1, 2, … in the app
 * @param origin how it came to be
 * @param commit the full git commit id, or null if it did not come by git
 * @param by the e-mail of who made it
 * @param failure why the launch failed, its details on lines of their own, or null
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
    Contents contents,
    Changes changes) {

  /**
   * What a release is made of.
   *
   * @param site the files of the static front end by path without a leading slash
   * @param siteService the service that gets what no file matches, or null
   * @param config the configuration it runs with
   * @param queues by name
   * @param cron schedules by name
   * @param channels who may listen to each
   * @param outbound the hosts that its services may send HTTP requests to, in lower case
   * @param manifest the digest of its parigot.toml; null if it is older than manifests are kept
   * @param startingData the digest of what a demo of it begins with, or null
   * @param tests its test modules by name, which do not run here; their digests
   * @param signIn how the app's users sign in
   */
  public record Contents(
      List<ReleasedService> services,
      Map<String, SiteFile> site,
      @Nullable String siteService,
      Map<String, String> config,
      Map<String, Queue> queues,
      Map<String, Cron> cron,
      ChannelRules channels,
      List<String> outbound,
      @Nullable String manifest,
      @Nullable String startingData,
      Map<String, String> tests,
      Manifest.SignIn signIn) {
    /** The artifacts that it is made of, some maybe more than once. */
    public Stream<String> digests() {
      return Stream.of(
              services.stream().map(ReleasedService::digest),
              site.values().stream().map(SiteFile::digest),
              Stream.ofNullable(manifest),
              Stream.ofNullable(startingData),
              tests.values().stream())
          .flatMap(each -> each);
    }

    /**
     * Without schedules, channels, test modules and what only demos need; users sign in as by
     * default.
     */
    public Contents(
        List<ReleasedService> services,
        Map<String, SiteFile> site,
        @Nullable String siteService,
        Map<String, String> config,
        Map<String, Queue> queues,
        List<String> outbound) {
      this(
          services,
          site,
          siteService,
          config,
          queues,
          Map.of(),
          ChannelRules.NONE,
          outbound,
          null,
          null,
          Map.of(),
          Manifest.SignIn.DEFAULT);
    }

    /** Services only. */
    public static Contents of(List<ReleasedService> services) {
      return new Contents(services, Map.of(), null, Map.of(), Map.of(), List.of());
    }

    public Contents withConfig(Map<String, String> other) {
      return new Contents(
          services,
          site,
          siteService,
          other,
          queues,
          cron,
          channels,
          outbound,
          manifest,
          startingData,
          tests,
          signIn);
    }
  }

  /**
   * A queue: the method that gets its messages, and how often each is tried.
   *
   * @param concurrency how many are delivered at a time, on one node; null if it is older than that
   *     could be said
   * @param fifo which messages are delivered in the order in which they were sent; null for none
   */
  public record Queue(
      String service,
      String method,
      int attempts,
      @Nullable Integer concurrency,
      @Nullable Fifo fifo) {
    private static final int USUAL = 4;

    /** Four at a time, in no order. */
    public Queue(String service, String method, int attempts) {
      this(service, method, attempts, USUAL, null);
    }

    /** How many of its messages are delivered at a time, on one node. */
    public int places() {
      return concurrency == null ? USUAL : concurrency;
    }
  }

  /**
   * A schedule: the method that it calls, and when.
   *
   * @param schedule five fields of unix cron
   * @param zone of which they are the time, such as {@code Europe/Paris}
   * @param staging whether it is on in the staging situation, too
   */
  public record Cron(
      String schedule,
      String zone,
      String service,
      String method,
      Manifest.Overlap overlap,
      boolean staging) {
    /** When it is due. */
    public Schedule times() {
      return new Schedule(schedule, ZoneId.of(zone));
    }
  }

  public List<ReleasedService> services() {
    return contents.services();
  }

  public Map<String, SiteFile> site() {
    return contents.site();
  }

  public @Nullable String siteService() {
    return contents.siteService();
  }

  public Map<String, String> config() {
    return contents.config();
  }

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

    /**
     * The artifacts that were live in staging, with the configuration of production.
     *
     * @param branch that they were tried on
     * @param number of the release there
     */
    record Promotion(String branch, int number) implements Origin {}
  }

  /** A part of a deployment, in one word, and how long it took. */
  public record Step(String name, long millis) {}

  /** A file of the site: its artifact and size in bytes. */
  public record SiteFile(String digest, long size) {}

  /** Names of services, against the release that was live before, compared by content. */
  public record Changes(
      List<String> changed, List<String> unchanged, List<String> added, List<String> removed) {
    /** What such a release would change, beside that one. */
    public static Changes between(Optional<Release> before, Contents now) {
      Contents old = before.map(Release::contents).orElse(Contents.of(List.of()));
      return Difference.between(old, now).byContent(now);
    }
  }
}
