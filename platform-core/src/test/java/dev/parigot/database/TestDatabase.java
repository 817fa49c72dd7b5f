package dev.parigot.database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The databases that every store is tested on, each opened once in this JVM. */
public enum TestDatabase {
  H2 {
    @Override
    DatabaseSettings settings() throws IOException {
      return new DatabaseSettings.Embedded(Files.createTempDirectory(Path.of("target"), "h2-"));
    }
  },
  POSTGRESQL {
    @Override
    DatabaseSettings settings() throws IOException {
      EmbeddedPostgres server = EmbeddedPostgres.builder().start();
      return new DatabaseSettings.Server(
          server.getJdbcUrl("postgres", "postgres"), "postgres", "postgres", 16);
    }
  };

  private @Nullable Database database;

  abstract DatabaseSettings settings() throws IOException;

  /** The open database, emptied of everything. */
  public synchronized Database empty() {
    if (database == null) {
      try {
        database = Database.open(settings());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    for (String table :
        List.of(
            "persistent_logins",
            "uploads",
            "artifacts",
            "demos",
            "apps",
            "access_tokens",
            "accounts",
            "acme_accounts")) {
      database.jdbc().sql("DELETE FROM " + table).update();
    }
    return database;
  }
}
