package dev.parigot.web.wiring;

import dev.parigot.artifact.S3Settings;
import dev.parigot.database.DatabaseSettings;
import dev.parigot.web.ParigotProperties;
import java.net.URI;
import java.util.Objects;

/** Where an operator says that things are kept. */
public final class Storage {
  private Storage() {}

  public static DatabaseSettings database(ParigotProperties properties, DataFolder folder) {
    var database = properties.database();
    return database.url() == null
        ? new DatabaseSettings.Embedded(folder.resolve("database"))
        : new DatabaseSettings.Server(
            database.url(), database.user(), database.password(), database.connections());
  }

  /** Of a server that is not the embedded one. */
  public static S3Settings s3(ParigotProperties.S3 s3) {
    URI endpoint = Objects.requireNonNull(s3.endpoint());
    return new S3Settings(endpoint, s3.accessKey(), s3.secretKey(), s3.bucket(), s3.region());
  }
}
