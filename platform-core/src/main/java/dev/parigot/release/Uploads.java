package dev.parigot.release;

import static java.util.function.Predicate.not;

import dev.parigot.app.AppId;
import dev.parigot.artifact.ArtifactException;
import dev.parigot.artifact.ArtifactStore;
import dev.parigot.artifact.Digest;
import dev.parigot.artifact.Shelf;
import dev.parigot.problem.Problem;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Files that were sent for releases to come, by digest. What one app was sent no other app has, but
 * for the branches of an app, which have what is released of it in production: whoever knows a
 * digest must still have the bytes. A file is kept for a day after it was last named, or until a
 * release has it; then the next sweep removes it.
 */
public final class Uploads {
  static final Duration KEPT = Duration.ofDays(1);
  private static final long MOST_BYTES = 1L << 30;
  private static final int MOST_FILES = 40_000;

  /** Whose files need not be sent again, beside the live release. */
  private static final int NEWEST_RELEASES = 10;

  /** Parameters of one statement. */
  private static final int AT_ONCE = 500;

  private final JdbcClient jdbc;
  private final Releases releases;
  private final Artifacts artifacts;
  private final ArtifactStore store;
  private final Clock clock;

  public Uploads(
      JdbcClient jdbc, Releases releases, Artifacts artifacts, ArtifactStore store, Clock clock) {
    this.jdbc = jdbc;
    this.releases = releases;
    this.artifacts = artifacts;
    this.store = store;
    this.clock = clock;
  }

  /** Those of the digests whose bytes have to be sent, in their order, each once. */
  public List<String> missing(AppId app, Collection<String> digests) {
    Holdings held = holdings(app);
    date(app, held.unreleased(digests), clock.instant());
    return digests.stream().distinct().filter(not(held::has)).toList();
  }

  /**
   * Keeps the bytes for the app. A 422 {@code Problem} if they have another digest, a 413 one if
   * the app's files that wait for a release would be more than 40,000 or 1 GiB.
   */
  public void put(AppId app, Digest digest, byte[] content) {
    if (!Digest.sha256(content).equals(digest)) {
      throw Problem.user(
          422,
          "digest-differs",
          "What was sent has another digest than " + digest + ".",
          "Send the file as it was when its digest was taken.");
    }
    begin(app, digest.toString(), content.length);
    try {
      shelf(app).put(digest, content);
    } catch (ArtifactException e) {
      throw Artifacts.told(e);
    }
    jdbc.sql("UPDATE uploads SET kept = TRUE WHERE app_id = :app AND digest = :digest")
        .param("app", app.value())
        .param("digest", digest.toString())
        .update();
  }

  /** What a new release of the app can be made of, as of now. */
  public Holdings holdings(AppId app) {
    Map<String, Integer> released = new HashMap<>();
    for (Release release : recent(app)) {
      release
          .services()
          .forEach(service -> released.put(service.digest(), Math.toIntExact(service.size())));
      release
          .site()
          .values()
          .forEach(file -> released.put(file.digest(), Math.toIntExact(file.size())));
    }
    Map<String, Integer> waiting = new HashMap<>();
    jdbc.sql("SELECT digest, size_bytes FROM uploads WHERE app_id = :app AND kept")
        .param("app", app.value())
        .query(row -> {
          waiting.put(row.getString("digest"), row.getInt("size_bytes"));
        });
    return new Holdings(app, released, waiting);
  }

  /** The files of an app's newest releases, and those that wait for one. */
  public final class Holdings {
    private final AppId app;
    private final Map<String, Integer> released;
    private final Map<String, Integer> waiting;

    private Holdings(AppId app, Map<String, Integer> released, Map<String, Integer> waiting) {
      this.app = app;
      this.released = released;
      this.waiting = waiting;
    }

    /** Those that wait for a release, and are in none. */
    private List<String> unreleased(Collection<String> digests) {
      return digests.stream()
          .distinct()
          .filter(waiting::containsKey)
          .filter(not(released::containsKey))
          .toList();
    }

    public boolean has(String digest) {
      return released.containsKey(digest) || waiting.containsKey(digest);
    }

    /** In bytes. */
    public int size(String digest) {
      Integer size = released.getOrDefault(digest, waiting.get(digest));
      return Objects.requireNonNull(size, digest);
    }

    /**
     * The bytes of a file that is held. A 409 {@code Problem} if it was removed meanwhile without
     * being released; then it is missing from now on.
     */
    public byte[] read(String digest) {
      if (released.containsKey(digest)) {
        return artifacts.get(digest);
      }
      return onShelf(app, digest)
          .orElseGet(() -> {
            drop(app, digest);
            if (!holdings(app).released.containsKey(digest)) {
              throw Problem.user(
                  409,
                  "upload-gone",
                  digest + " was removed before it became part of a release.",
                  "Deploy again.");
            }
            return artifacts.get(digest);
          });
    }
  }

  /** Gives up what the release has: it is among the artifacts now, and removed here soon. */
  public void released(Release release) {
    Set<String> digests = new TreeSet<>();
    release.services().forEach(service -> digests.add(service.digest()));
    release.site().values().forEach(file -> digests.add(file.digest()));
    date(release.app(), digests, Instant.EPOCH);
  }

  /** Removes what is not kept any more, and tells how many files that were. */
  public int sweep() {
    List<Waiting> old =
        jdbc.sql("SELECT app_id, digest FROM uploads WHERE named_at < :before")
            .param("before", at(clock.instant().minus(KEPT)))
            .query(
                (row, _) -> new Waiting(new AppId(row.getLong("app_id")), row.getString("digest")))
            .list();
    old.forEach(file -> remove(file.app(), file.digest()));
    return old.size();
  }

  private record Waiting(AppId app, String digest) {}

  private record Sum(long files, long bytes) {}

  /** Makes its row, so that the bytes are removed one day whatever becomes of this process. */
  private void begin(AppId app, String digest, int size) {
    if (date(app, List.of(digest), clock.instant()) == 1) {
      return;
    }
    Sum sum =
        jdbc.sql(
                """
                SELECT COUNT(*) AS files, COALESCE(SUM(size_bytes), 0) AS bytes
                FROM uploads WHERE app_id = :app AND named_at >= :from
                """)
            .param("app", app.value())
            .param("from", at(clock.instant().minus(KEPT)))
            .query((row, _) -> new Sum(row.getLong("files"), row.getLong("bytes")))
            .single();
    if (sum.files() >= MOST_FILES || sum.bytes() + size > MOST_BYTES) {
      throw Problem.user(
          413,
          "uploads-full",
          "%d files, %d MiB, wait for a release of this app; it takes 40,000, and 1,024 MiB."
              .formatted(sum.files(), sum.bytes() >> 20),
          "Deploy less at once. What no release used is removed a day after it was last named.");
    }
    insert(app, digest, size);
  }

  private void insert(AppId app, String digest, int size) {
    try {
      jdbc.sql(
              """
              INSERT INTO uploads (app_id, digest, size_bytes, named_at, kept)
              VALUES (:app, :digest, :size, :at, FALSE)
              """)
          .param("app", app.value())
          .param("digest", digest)
          .param("size", size)
          .param("at", at(clock.instant()))
          .update();
    } catch (DuplicateKeyException e) {
      // Sent twice at a time: both have the same bytes.
    }
  }

  /** Sets when they were last named, and tells how many of them are here. */
  private int date(AppId app, Collection<String> digests, Instant named) {
    List<String> all = List.copyOf(digests);
    int found = 0;
    for (int i = 0; i < all.size(); i += AT_ONCE) {
      found +=
          jdbc.sql("UPDATE uploads SET named_at = :at WHERE app_id = :app AND digest IN (:digests)")
              .param("at", at(named))
              .param("app", app.value())
              .param("digests", all.subList(i, Math.min(all.size(), i + AT_ONCE)))
              .update();
    }
    return found;
  }

  private List<Release> recent(AppId app) {
    List<Release> recent = new ArrayList<>();
    for (AppId each : withProduction(app)) {
      recent.addAll(releases.of(each, 0, NEWEST_RELEASES));
      releases.live(each).ifPresent(recent::add);
    }
    return recent;
  }

  /** The app, and if it is one in staging, the same in production: a branch is mostly that. */
  private List<AppId> withProduction(AppId app) {
    return jdbc.sql(
            """
            SELECT id FROM apps
            WHERE id = :app OR id = (SELECT parent_id FROM apps WHERE id = :app)
            """)
        .param("app", app.value())
        .query((row, _) -> new AppId(row.getLong("id")))
        .list();
  }

  private Optional<byte[]> onShelf(AppId app, String digest) {
    try {
      return shelf(app).get(Digest.of(digest));
    } catch (ArtifactException e) {
      throw Artifacts.told(e);
    }
  }

  private void remove(AppId app, String digest) {
    try {
      shelf(app).remove(Digest.of(digest));
    } catch (ArtifactException e) {
      throw Artifacts.told(e);
    }
    drop(app, digest);
  }

  private void drop(AppId app, String digest) {
    jdbc.sql("DELETE FROM uploads WHERE app_id = :app AND digest = :digest")
        .param("app", app.value())
        .param("digest", digest)
        .update();
  }

  private Shelf shelf(AppId app) {
    return store.shelf("uploads/" + app.value());
  }

  private static OffsetDateTime at(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
