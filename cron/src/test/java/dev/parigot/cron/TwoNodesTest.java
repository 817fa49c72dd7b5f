package dev.parigot.cron;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parigot.app.App;
import dev.parigot.database.DatabaseSettings;
import dev.parigot.engine.CallOutcome;
import dev.parigot.manifest.Manifest.Overlap;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two nodes of a platform, which share nothing but a PostgreSQL. */
@Timeout(120)
class TwoNodesTest {
  private static final Instant NOON = Instant.parse("2100-01-01T12:00:00Z");
  private static final int TICKS = 30;

  private final Clock clock = Clock.fixed(NOON.plus(Duration.ofHours(1)), ZoneOffset.UTC);
  private final AtomicInteger called = new AtomicInteger();

  @Test
  void aTickThatComesToBothHasOneRun() throws Exception {
    try (EmbeddedPostgres server = EmbeddedPostgres.builder().start();
        Node one = node(server);
        Node two = node(server);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      App shop = one.app("shop");
      one.release(shop, "* * * * *", Overlap.ALLOW);
      for (int minute = 61; minute <= 60 + TICKS; minute++) {
        Instant tick = NOON.plus(Duration.ofMinutes(minute));
        Clockwork.Moment moment =
            new Clockwork.Moment(shop.id(), MomentName.ofTick("restock", tick));
        threads.execute(() -> one.jobs.come(moment, false));
        threads.execute(() -> two.jobs.come(moment, false));
      }
      threads.close();

      assertThat(called).hasValue(TICKS);
      assertThat(two.jobs.runs(shop, "restock", 0, 100))
          .hasSize(TICKS)
          .allSatisfy(run -> assertThat(run.outcome()).isEqualTo(Run.Outcome.SUCCEEDED))
          .extracting(Run::dueAt)
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void whatANodeReleasesTheOtherOneFinds() throws Exception {
    try (EmbeddedPostgres server = EmbeddedPostgres.builder().start();
        Node one = node(server);
        Node two = node(server)) {
      App shop = one.app("shop");
      one.release(shop, "0 14 * * *", Overlap.FORBID);
      Patience.until(() -> two.jobs.toCome(shop).size() == 1);
      two.jobs.start();
      Run asked = one.jobs.runNow(shop, "restock", "ada@example.org");
      Patience.until(
          () -> one.jobs.run(shop, "restock", asked.id()).outcome() == Run.Outcome.SUCCEEDED);
      assertThat(called).hasValue(1);
    }
  }

  private Node node(EmbeddedPostgres server) {
    return Node.on(
        new DatabaseSettings.Server(
            server.getJdbcUrl("postgres", "postgres"), "postgres", "postgres", 8),
        clock,
        (_, _, _, _, _) -> {
          called.incrementAndGet();
          return new CallOutcome.Returned(new byte[0]);
        });
  }
}
