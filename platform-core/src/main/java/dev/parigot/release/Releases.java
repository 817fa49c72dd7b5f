package dev.parigot.release;

import dev.parigot.app.AppId;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The releases of all apps. */
public final class Releases {
  public Releases(JdbcClient jdbc, TransactionTemplate transactions, Clock clock) {}

  /**
   * Stores the next release of the app in state STARTING; the number is taken in the same
   * transaction.
   */
  public Release create(
      AppId app,
      @Nullable String commit,
      String by,
      List<ReleasedService> services,
      Map<String, Release.SiteFile> site,
      @Nullable String siteService,
      Map<String, String> config) {
    throw new AssertionError("skeleton");
  }

  /** Makes it the live release, and the one that was live replaced, in one transaction. */
  public Release markLive(Release release) {
    throw new AssertionError("skeleton");
  }

  public Release markFailed(Release release, String why) {
    throw new AssertionError("skeleton");
  }

  public Optional<Release> live(AppId app) {
    throw new AssertionError("skeleton");
  }

  public Optional<Release> byNumber(AppId app, int number) {
    throw new AssertionError("skeleton");
  }

  /**
   * Newest first, those with a number under {@code before} (0: from the newest), at most {@code
   * limit}.
   */
  public List<Release> of(AppId app, int before, int limit) {
    throw new AssertionError("skeleton");
  }

  /** Those that were being started when the platform last ended. */
  public List<Release> starting() {
    throw new AssertionError("skeleton");
  }
}
