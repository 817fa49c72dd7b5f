package dev.parigot.web.operator;

import dev.parigot.artifact.ArtifactStore;
import dev.parigot.artifact.EmbeddedS3;
import dev.parigot.backup.ArtifactHolding;
import dev.parigot.backup.Backup;
import dev.parigot.backup.DatabaseHolding;
import dev.parigot.backup.FolderHolding;
import dev.parigot.database.Database;
import dev.parigot.git.GitHolding;
import dev.parigot.git.Repositories;
import dev.parigot.web.ParigotProperties;
import dev.parigot.web.wiring.DataFolder;
import dev.parigot.web.wiring.Storage;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All that lasts, opened without a platform. */
final class Stores implements AutoCloseable {
  private final DataFolder folder;
  private final Database database;
  private final @Nullable EmbeddedS3 embedded;
  private final ArtifactStore artifacts;

  /**
   * @param tables the version that the database's tables are to have, or null for this build's
   */
  Stores(ParigotProperties properties, DataFolder folder, @Nullable String tables) {
    this.folder = folder;
    var settings = Storage.database(properties, folder);
    this.database = tables == null ? Database.open(settings) : Database.openAt(settings, tables);
    this.embedded =
        properties.s3().endpoint() == null
            ? EmbeddedS3.start(folder.resolve("s3"), new SecureRandom())
            : null;
    this.artifacts =
        ArtifactStore.open(embedded == null ? Storage.s3(properties.s3()) : embedded.settings());
  }

  Backup backup(String version) {
    return backup(database, artifacts, new Repositories(folder.resolve("git")), folder, version);
  }

  /** What a backup has, in the order in which it is saved. */
  static Backup backup(
      Database database,
      ArtifactStore artifacts,
      Repositories repositories,
      DataFolder folder,
      String version) {
    return new Backup(
        List.of(
            new DatabaseHolding(database.dataSource()),
            new ArtifactHolding(artifacts),
            new GitHolding(repositories),
            new FolderHolding("keys", folder.resolve("keys"))),
        database::version,
        version,
        Clock.systemUTC());
  }

  @Override
  public void close() {
    artifacts.close();
    if (embedded != null) {
      embedded.close();
    }
    database.close();
  }
}
