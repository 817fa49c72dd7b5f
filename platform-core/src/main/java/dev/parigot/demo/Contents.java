package dev.parigot.demo;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.parigot.app.App;
import dev.parigot.manifest.MalformedData;
import dev.parigot.manifest.StartingData;
import dev.parigot.problem.Problem;
import dev.parigot.release.Artifacts;
import dev.parigot.release.Release;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What demos consist of. A release is wound once, however many demos show it; what a demo has shown
 * is kept, for pages that were opened before a newer release went live.
 */
public final class Contents {
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
            WHERE release_id = :release
              AND starting_data IS NOT DISTINCT FROM CAST(:data AS VARCHAR)
            LIMIT 1
            """)
        .param("release", release.id())
        .param("data", startingData)
        .query(String.class)
        .optional()
        .orElseGet(() -> winder.wind(app, release, own));
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
