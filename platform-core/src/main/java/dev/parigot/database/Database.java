package dev.parigot.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import dev.parigot.problem.Problem;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;
import org.h2.api.ErrorCode;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.dao.InvalidDataAccessResourceUsageException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/** The open relational database, its tables brought up to date. */
public final class Database implements AutoCloseable {
  private static final int EMBEDDED_CONNECTIONS = 16;

  /** How long one waits for a connection before the database counts as unreachable. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** How long a server may take for an answer: one that has fallen silent never gives it. */
  private static final Duration STATEMENT = Duration.ofSeconds(30);

  private final HikariDataSource dataSource;

  private Database(HikariDataSource dataSource) {
    this.dataSource = dataSource;
  }

  /**
   * Opens the database and migrates its tables. A {@link Problem} if another process has the
   * embedded one open, or the server can't be reached.
   */
  public static Database open(DatabaseSettings settings) {
    return open(settings, MigrationVersion.LATEST);
  }

  /**
   * Opens the database and brings its tables to that version, no further. A {@link Problem} if they
   * are beyond it, or this build does not know it.
   */
  public static Database openAt(DatabaseSettings settings, String version) {
    Database database = open(settings, MigrationVersion.fromVersion(version));
    String found = database.version();
    if (!found.equals(version)) {
      database.close();
      throw otherVersion(
          "The database's tables are of version " + found + ", not " + version + ".");
    }
    return database;
  }

  private static Problem otherVersion(String what) {
    return Problem.user(
        409,
        "database-of-another-version",
        what,
        "Use a database that is empty, and a build of Parigot that knows the version.");
  }

  private static Database open(DatabaseSettings settings, MigrationVersion target) {
    HikariDataSource dataSource = connect(settings);
    try {
      if (!isKnown(dataSource, target)) {
        dataSource.close();
        throw otherVersion("This build does not know tables of version " + target + ".");
      }
      flyway(migrating(settings, dataSource), target).migrate();
      return new Database(dataSource);
    } catch (FlywayException e) {
      dataSource.close();
      throw Problem.external(
          "database-not-migrated",
          "The database's tables can't be brought up to date: " + rootMessage(e),
          "Use a version of Parigot that knows them, or restore a backup.",
          e);
    }
  }

  /**
   * Whether the failure is one of the database and may pass, and none of what was asked of it. What
   * became of a commit that failed so is not known.
   */
  public static boolean isOutage(Throwable failure) {
    return switch (failure) {
      case DataIntegrityViolationException _ -> false;
      case InvalidDataAccessApiUsageException _ -> false;
      case InvalidDataAccessResourceUsageException _ -> false;
      case DataAccessException _ -> true;
      case TransactionException _ -> true;
      default -> false;
    };
  }

  /** A migration may take longer than a statement of a request. */
  private static DataSource migrating(DatabaseSettings settings, DataSource usual) {
    return switch (settings) {
      case DatabaseSettings.Embedded _ -> usual;
      case DatabaseSettings.Server server ->
          new DriverManagerDataSource(server.url(), server.user(), server.password());
    };
  }

  private static Flyway flyway(DataSource dataSource, MigrationVersion target) {
    return Flyway.configure()
        .dataSource(dataSource)
        .locations("classpath:db/migration")
        .target(target)
        .load();
  }

  private static boolean isKnown(DataSource dataSource, MigrationVersion target) {
    return target.equals(MigrationVersion.LATEST)
        || Arrays.stream(flyway(dataSource, MigrationVersion.LATEST).info().all())
            .anyMatch(migration -> target.equals(migration.getVersion()));
  }

  /** That of its tables: the number of the last migration. */
  public String version() {
    MigrationInfo current = flyway(dataSource, MigrationVersion.LATEST).info().current();
    return current == null ? "0" : String.valueOf(current.getVersion());
  }

  public DataSource dataSource() {
    return dataSource;
  }

  public JdbcClient jdbc() {
    return JdbcClient.create(dataSource);
  }

  public PlatformTransactionManager transactionManager() {
    return new JdbcTransactionManager(dataSource);
  }

  public TransactionTemplate transactions() {
    return new TransactionTemplate(transactionManager());
  }

  /** Closes all connections, and with the last of them the embedded database. */
  @Override
  public void close() {
    dataSource.close();
  }

  private static HikariDataSource connect(DatabaseSettings settings) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("parigot");
    config.setConnectionTimeout(PATIENCE.toMillis());
    config.setExceptionOverride(new ClosedDatabase());
    switch (settings) {
      case DatabaseSettings.Embedded embedded -> {
        config.setJdbcUrl(embeddedUrl(embedded.folder()));
        config.setUsername("sa");
        config.setMaximumPoolSize(EMBEDDED_CONNECTIONS);
      }
      case DatabaseSettings.Server server -> {
        config.setJdbcUrl(server.url());
        config.setUsername(server.user());
        config.setPassword(server.password());
        config.setMaximumPoolSize(server.connections());
        if (server.url().startsWith("jdbc:postgresql:")) {
          config.addDataSourceProperty("socketTimeout", STATEMENT.toSeconds());
          config.addDataSourceProperty("tcpKeepAlive", true);
        }
      }
    }
    try {
      return new HikariDataSource(config);
    } catch (PoolInitializationException e) {
      throw refused(settings, e);
    }
  }

  /**
   * Without {@code WRITE_DELAY=0} a killed process loses commits that it had acknowledged. The
   * database is closed by {@link #close()} and not by a shutdown hook, which would come before
   * those who still write.
   */
  private static String embeddedUrl(Path folder) {
    Path file = folder.toAbsolutePath().normalize().resolve("parigot");
    if (file.toString().contains(";")) {
      throw Problem.user(
          400,
          "data-folder-invalid",
          "The data folder " + folder + " has a semicolon in its path.",
          "Choose a folder without one.");
    }
    return "jdbc:h2:file:" + file + ";WRITE_DELAY=0;LOCK_TIMEOUT=10000;DB_CLOSE_ON_EXIT=FALSE";
  }

  private static Problem refused(DatabaseSettings settings, PoolInitializationException e) {
    return switch (settings) {
      case DatabaseSettings.Embedded embedded when inUse(e) ->
          Problem.user(
              409,
              "data-folder-in-use",
              "Another process uses the data folder " + embedded.folder() + ".",
              "Stop that one, or choose another folder.");
      case DatabaseSettings.Embedded embedded ->
          Problem.external(
              "database-unusable",
              "The database in " + embedded.folder() + " can't be opened: " + rootMessage(e),
              "Check the folder's permissions and free space.",
              e);
      case DatabaseSettings.Server server ->
          Problem.external(
              "database-unreachable",
              "The database at " + server.url() + " can't be used: " + rootMessage(e),
              "Check that it runs, its address, user and password.",
              e);
    };
  }

  private static boolean inUse(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql
          && sql.getErrorCode() == ErrorCode.DATABASE_ALREADY_OPEN_1) {
        return true;
      }
    }
    return false;
  }

  private static String rootMessage(Throwable e) {
    Throwable cause = e;
    for (Throwable next = e; next != null; next = next.getCause()) {
      cause = next;
    }
    return String.valueOf(cause.getMessage());
  }
}
