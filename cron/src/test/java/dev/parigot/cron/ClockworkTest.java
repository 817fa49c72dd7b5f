package dev.parigot.cron;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parigot.app.AppId;
import dev.parigot.database.Database;
import dev.parigot.database.DatabaseSettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ClockworkTest {
  private static final AppId SHOP = new AppId(7);

  @TempDir Path folder;

  @Test
  void aMomentComesOnceItsTimeIsThereAlsoAfterARestart() {
    Queue<String> came = new ConcurrentLinkedQueue<>();
    try (Database database = Database.open(new DatabaseSettings.Embedded(folder))) {
      Clockwork before = Clockwork.open(database.dataSource(), (_, _) -> {});
      before.plan(moment("early"), Instant.now().minusSeconds(3600));
      before.plan(moment("early"), Instant.now());
      before.plan(moment("late"), Instant.now().plusSeconds(3600));
      before.plan(moment("never"), Instant.now());
      before.cancel(moment("never"));
      assertThat(before.toCome(SHOP)).containsExactlyInAnyOrder("early", "late");
      assertThat(before.apps()).containsExactly(SHOP);
      before.close();

      try (Clockwork after =
          Clockwork.open(database.dataSource(), (moment, _) -> came.add(moment.name()))) {
        after.start();
        Patience.until(() -> !came.isEmpty());
        Patience.until(() -> after.toCome(SHOP).size() == 1);
        assertThat(came).containsExactly("early");
        assertThat(after.toCome(SHOP)).containsExactly("late");
      }
    }
  }

  @Test
  void onTwoNodesEachMomentComesOnOneOfThem() throws Exception {
    Queue<String> came = new ConcurrentLinkedQueue<>();
    try (EmbeddedPostgres server = EmbeddedPostgres.builder().start();
        Database one = Database.open(settings(server));
        Database two = Database.open(settings(server));
        Clockwork first =
            Clockwork.open(one.dataSource(), (moment, _) -> came.add("1 " + moment.name()));
        Clockwork second =
            Clockwork.open(two.dataSource(), (moment, _) -> came.add("2 " + moment.name()))) {
      Instant soon = Instant.now().plusMillis(500);
      for (int i = 0; i < 40; i++) {
        // Both plan the same, as both compare with the same release.
        first.plan(moment("tick" + i), soon.plusMillis(50L * i));
        second.plan(moment("tick" + i), soon.plusMillis(50L * i));
      }
      first.start();
      second.start();
      Patience.until(() -> first.toCome(SHOP).isEmpty());
      Patience.until(() -> came.size() >= 40);
      Thread.sleep(500);
      assertThat(came.stream().map(each -> each.substring(2))).hasSize(40).doesNotHaveDuplicates();
    }
  }

  @Test
  void aMomentWhoseNodeHasEndedComesAgainOnAnotherWhichIsToldSo() {
    CountDownLatch came = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    Queue<String> again = new ConcurrentLinkedQueue<>();
    try (Database database = Database.open(new DatabaseSettings.Embedded(folder))) {
      Clockwork ended =
          Clockwork.open(
              database.dataSource(),
              (_, _) -> {
                came.countDown();
                awaited(end);
              });
      ended.start();
      ended.planNow(moment("tick"));
      awaited(came);
      ended.close();
      try (Clockwork other =
          Clockwork.open(
              database.dataSource(), (moment, told) -> again.add(moment.name() + " " + told))) {
        other.start();
        Patience.until(() -> !again.isEmpty());
        assertThat(again).containsExactly("tick true");
      } finally {
        end.countDown();
      }
    }
  }

  private static void awaited(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static DatabaseSettings settings(EmbeddedPostgres server) {
    return new DatabaseSettings.Server(
        server.getJdbcUrl("postgres", "postgres"), "postgres", "postgres", 8);
  }

  private static Clockwork.Moment moment(String name) {
    return new Clockwork.Moment(SHOP, name);
  }
}
