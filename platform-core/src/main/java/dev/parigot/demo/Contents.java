package dev.parigot.demo;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.parigot.app.App;
import dev.parigot.manifest.MalformedData;
import dev.parigot.manifest.StartingData;
import dev.parigot.problem.Problem;
import dev.parigot.release.Artifacts;
import dev.parigot.release.Naming;
import dev.parigot.release.Release;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What demos consist of. A release is wound once, however many demos show it; what a demo has shown
 * is kept, for pages that were opened before a newer release went live.
 */
public final class Contents implements Naming {
  private static final int MOST_READ = 500;

  /** Of which a page may still be open. */
  private static final int EARLIER = 10;

  private final JdbcClient jdbc;
  private final Artifacts artifacts;
  private final Winder winder;
  private final LoadingCache<String, Content> read;

  public Contents(JdbcClient jdbc, Artifacts artifacts) {
    this.jdbc = jdbc;
    this.artifacts = artifacts;
    this.winder = new Winder(artifacts);
    this.read = Caffeine.newBuilder().maximumSize(MOST_READ).build(winder::read);
  }

  /**
   * The digest of what visitors get of a release; {@code startingData} is null for what it brings
   * along. One is wound at a time: that takes a processor, which others need.
   */
  synchronized String of(App app, Release release, @Nullable String startingData) {
    String own = startingData == null ? release.contents().startingData() : startingData;
    return jdbc.sql(
            """
            SELECT content FROM demo_contents
            JOIN demos ON demos.id = demo_contents.demo_id
            WHERE release_id = :release AND state <> 'REVOKED'
              AND starting_data IS NOT DISTINCT FROM CAST(:data AS VARCHAR)
            LIMIT 1
            """)
        .param("release", release.id())
        .param("data", startingData)
        .query(String.class)
        .optional()
        .filter(this::renewed)
        .orElseGet(() -> winder.wind(app, release, own));
  }

  /** The demo that it is of may be revoked in this moment. */
  private boolean renewed(String content) {
    if (!artifacts.renew(List.of(content))) {
      return false;
    }
    List<String> files = new ArrayList<>();
    tell(content, files::add);
    return artifacts.renew(files);
  }

  /** What demos need that were not revoked; an expired one can be prolonged. */
  @Override
  public void tell(Consumer<String> digests) {
    jdbc.sql(
            """
            SELECT DISTINCT starting_data FROM demos
            WHERE state <> 'REVOKED' AND app_id IS NOT NULL AND starting_data IS NOT NULL
            """)
        .query(String.class)
        .list()
        .forEach(digests);
    List<String> contents =
        jdbc.sql(
                """
                SELECT DISTINCT content FROM demo_contents
                JOIN demos ON demos.id = demo_contents.demo_id
                WHERE state <> 'REVOKED' AND app_id IS NOT NULL
                """)
            .query(String.class)
            .list();
    for (String content : contents) {
      digests.accept(content);
      tell(content, digests);
    }
  }

  private void tell(String content, Consumer<String> digests) {
    for (Content.StoredFile file : winder.read(content).files().values()) {
      digests.accept(file.plain().digest());
      Content.Stored gzip = file.gzip();
      if (gzip != null) {
        digests.accept(gzip.digest());
      }
    }
  }

  /**
   * Keeps what a demo is to begin with; answers its digest. A 400 {@code Problem} with every
   * mistake if it is no {@link StartingData}.
   */
  String store(byte[] startingData) {
    try {
      var _ = StartingData.read(startingData);
    } catch (MalformedData e) {
      throw new Problem(
          Problem.Kind.USER,
          400,
          "starting-data-invalid",
          "A demo can't begin with that data.",
          "Send one JSON object, in which each key has a string or {\"base64\": \"…\"}.",
          e.mistakes().stream().map(each -> (each.what() + " " + each.next()).strip()).toList());
    }
    return artifacts.put(startingData);
  }

  /** Notes what a demo shows of a release. */
  void keep(long demo, long release, String content) {
    try {
      jdbc.sql(
              """
              INSERT INTO demo_contents (demo_id, release_id, content)
              VALUES (:demo, :release, :content)
              """)
          .param("demo", demo)
          .param("release", release)
          .param("content", content)
          .update();
    } catch (DuplicateKeyException e) {
      // Opened twice at a time: both have found the same.
    }
  }

  Content read(String digest) {
    return read.get(digest);
  }

  /** A file that the demo had when it showed an earlier release. */
  Optional<Content.StoredFile> earlier(Demo demo, String path) {
    List<String> contents =
        jdbc.sql(
                """
                SELECT content FROM demo_contents WHERE demo_id = :demo
                ORDER BY release_id DESC LIMIT :limit
                """)
            .param("demo", demo.id())
            .param("limit", EARLIER)
            .query(String.class)
            .list();
    return contents.stream().flatMap(each -> find(read(each), path).stream()).findFirst();
  }

  static Optional<Content.StoredFile> find(Content content, String path) {
    return Optional.ofNullable(content.files().get(path));
  }
}
