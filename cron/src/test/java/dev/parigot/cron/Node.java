package dev.parigot.cron;

import dev.parigot.account.AccountId;
import dev.parigot.app.App;
import dev.parigot.app.AppName;
import dev.parigot.app.Apps;
import dev.parigot.database.Database;
import dev.parigot.database.DatabaseSettings;
import dev.parigot.database.GeneratedId;
import dev.parigot.history.Chronicle;
import dev.parigot.manifest.ChannelRules;
import dev.parigot.manifest.Manifest;
import dev.parigot.observe.Events;
import dev.parigot.observe.Logs;
import dev.parigot.release.Release;
import dev.parigot.release.Releases;
import dev.parigot.secret.Seal;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** The schedules of one node of a platform, whose services are the test's. */
final class Node implements AutoCloseable {
  /** Nodes on one database have one key. */
  private static final Seal SEAL = Seal.forOnce();

  private final Database database;
  private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
  final Apps apps;
  final Releases releases;
  final Logs logs;
  final Events events = new Events();
  final Chronicle chronicle = new Chronicle();
  final Jobs jobs;

  private Node(DatabaseSettings settings, Clock clock, Caller.Fleet fleet) {
    database = Database.open(settings);
    apps = new Apps(database.jdbc(), database.transactions(), clock, SEAL);
    releases = new Releases(database.jdbc(), database.transactions(), clock, SEAL);
    logs = new Logs(clock);
    jobs =
        new Jobs(
            new Jobs.Surroundings(apps, releases, logs, events, clock),
            fleet,
            _ -> chronicle,
            database.dataSource(),
            database.transactions(),
            thread);
  }

  static Node on(Path folder, Clock clock, Caller.Fleet fleet) {
    return new Node(new DatabaseSettings.Embedded(folder), clock, fleet);
  }

  static Node on(DatabaseSettings settings, Clock clock, Caller.Fleet fleet) {
    return new Node(settings, clock, fleet);
  }

  /** An app that nobody has yet, of an account of its own. */
  App app(String name) {
    AccountId ada =
        new AccountId(
            GeneratedId.of(
                database
                    .jdbc()
                    .sql(
                        """
                        INSERT INTO accounts (email, name, password, created_at)
                        VALUES (:email, 'Ada', '', CURRENT_TIMESTAMP)
                        """)
                    .param("email", name + "@example.org")));
    return apps.create(ada, AppName.of(name));
  }

  /** Makes a release live whose one schedule is {@code restock}. */
  void release(App app, String schedule, Manifest.Overlap overlap) {
    release(
        app,
        Map.of("restock", new Release.Cron(schedule, "UTC", "stock", "restock", overlap, false)));
  }

  void release(App app, Map<String, Release.Cron> cron) {
    Release made =
        releases.create(
            app.id(),
            null,
            "ada@example.org",
            new Release.Contents(
                List.of(),
                Map.of(),
                null,
                Map.of(),
                Map.of(),
                cron,
                ChannelRules.NONE,
                List.of(),
                null,
                null,
                Map.of(),
                Manifest.SignIn.DEFAULT));
    var _ = releases.markLive(made);
    events.publish(app.id(), Events.Event.RELEASE);
  }

  @Override
  public void close() {
    jobs.close();
    thread.shutdownNow();
    database.close();
  }
}
