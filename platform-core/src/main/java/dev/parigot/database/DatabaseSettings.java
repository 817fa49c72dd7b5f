package dev.parigot.database;

import java.nio.file.Path;

/** Which relational database to use. */
public sealed interface DatabaseSettings {
  /** An H2 database in files of this folder, for this process alone. */
  record Embedded(Path folder) implements DatabaseSettings {}

  /**
   * A PostgreSQL server.
   *
   * @param url such as {@code jdbc:postgresql://host/database}
   * @param connections the most connections at a time
   */
  record Server(String url, String user, String password, int connections)
      implements DatabaseSettings {
    @Override
    public String toString() {
      return "Server[" + url + ", user " + user + ", at most " + connections + " connections]";
    }
  }
}
