package dev.parigot.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parigot.account.AccountId;
import dev.parigot.app.App;
import dev.parigot.app.AppName;
import dev.parigot.app.Apps;
import dev.parigot.channel.Broadcast;
import dev.parigot.channel.Listener;
import dev.parigot.database.Database;
import dev.parigot.database.SettableClock;
import dev.parigot.database.TestDatabase;
import dev.parigot.secret.Seal;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two nodes of a platform, which share nothing but a PostgreSQL. */
@Timeout(60)
class TwoNodesTest {
  private final Database database = TestDatabase.POSTGRESQL.empty();
  private final SettableClock clock = new SettableClock(Instant.now());
  private AppChannels one;
  private AppChannels two;
  private App shop;
  private App other;

  @BeforeEach
  void begin() {
    Apps apps =
        new Apps(database.jdbc(), database.transactions(), Clock.systemUTC(), Seal.forOnce());
    AccountId ada = account();
    shop = apps.create(ada, AppName.of("shop"));
    other = apps.create(ada, AppName.of("other"));
    one = node();
    two = node();
  }

  private AppChannels node() {
    return AppChannels.among(new SecureRandom(), clock, new RelayTable(database, clock));
  }

  @AfterEach
  void end() {
    one.close();
    two.close();
  }

  @Test
  void whatIsPublishedAtOneNodeReachesThoseWhoListenAtTheOther() throws Exception {
    Reader here = new Reader(one, shop, "orders", null);
    Reader there = new Reader(two, shop, "orders", null);
    Reader elsewhere = new Reader(two, other, "orders", null);
    List<String> sent = IntStream.range(0, 1_000).mapToObj(i -> "message " + i).toList();
    for (int i = 0; i < sent.size(); i++) {
      one.of(shop.id()).publish("orders", bytes(sent.get(i)));
      if (i % 100 == 99) {
        // Who is handed more than may wait at once is cut off, as they should be.
        here.await(i + 1);
        there.await(i + 1);
      }
    }

    assertThat(here.heard()).isEqualTo(sent);
    assertThat(there.heard()).isEqualTo(sent);
    assertThat(elsewhere.heard()).isEmpty();
  }

  @Test
  void whoComesAgainAtTheOtherNodeMissesNothing() throws Exception {
    Reader reader = new Reader(one, shop, "orders", null);
    one.of(shop.id()).publish("orders", bytes("first"));
    reader.await(1);
    String last = reader.lastId();
    reader.leave();
    one.of(shop.id()).publish("orders", bytes("second"));
    two.of(shop.id()).publish("orders", bytes("third"));
    awaitRows(3);

    Reader again = new Reader(two, shop, "orders", last);
    again.await(2);
    one.of(shop.id()).publish("orders", bytes("fourth"));
    again.await(3);
    assertThat(again.heard()).containsExactlyInAnyOrder("second", "third", "fourth");
  }

  @Test
  void whoComesAnewHearsNothingOfBefore() throws Exception {
    one.of(shop.id()).publish("orders", bytes("before"));
    awaitRows(1);
    Reader reader = new Reader(two, shop, "orders", null);
    one.of(shop.id()).publish("orders", bytes("after"));
    reader.await(1);
    assertThat(reader.heard()).containsExactly("after");
  }

  @Test
  void messagesOfAnAppThatIsDeletedAreNobodys() throws Exception {
    Reader reader = new Reader(two, other, "orders", null);
    database.jdbc().sql("DELETE FROM apps WHERE name = 'shop'").update();
    one.of(shop.id()).publish("orders", bytes("lost"));
    one.of(other.id()).publish("orders", bytes("heard"));
    reader.await(1);
    assertThat(reader.heard()).containsExactly("heard");
  }

  @Test
  void whatIsKeptNoLongerIsRemoved() {
    RelayTable table = new RelayTable(database, clock);
    one.of(shop.id()).publish("orders", bytes("old"));
    awaitRows(1);
    table.clean();
    assertThat(rows()).isEqualTo(1);
    clock.advance(Broadcast.KEPT_FOR.plusSeconds(1));
    table.clean();
    assertThat(rows()).isZero();
  }

  private void awaitRows(int count) {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (rows() < count && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    assertThat(rows()).isEqualTo(count);
  }

  private int rows() {
    return database
        .jdbc()
        .sql("SELECT COUNT(*) FROM channel_messages")
        .query(Integer.class)
        .single();
  }

  private AccountId account() {
    database
        .jdbc()
        .sql(
            "INSERT INTO accounts (email, name, password, created_at) VALUES ('ada@example.org', 'Ada', 'x', CURRENT_TIMESTAMP)")
        .update();
    return new AccountId(
        database.jdbc().sql("SELECT MAX(id) FROM accounts").query(Long.class).single());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Somebody who listens, as a browser does. */
  private static final class Reader {
    private final ConcurrentLinkedQueue<String> lines = new ConcurrentLinkedQueue<>();
    private final Listener listener;

    Reader(AppChannels node, App app, String channel, @Nullable String last) {
      listener = node.listen(app.id(), channel, last).orElseThrow();
      Thread.startVirtualThread(this::read);
    }

    private void read() {
      OutputStream out =
          new ByteArrayOutputStream() {
            @Override
            public synchronized void flush() {
              toString(StandardCharsets.UTF_8).lines().forEach(lines::add);
              reset();
            }
          };
      try {
        listener.copyTo(out, Duration.ofSeconds(15));
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }

    private List<String> of(String field) {
      return new ArrayList<>(lines)
          .stream()
              .filter(line -> line.startsWith(field))
              .map(line -> line.substring(field.length()))
              .toList();
    }

    List<String> heard() {
      return of("data: ");
    }

    String lastId() {
      return of("id: ").getLast();
    }

    void await(int count) throws InterruptedException {
      long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
      while (heard().size() < count && System.nanoTime() < end) {
        Thread.sleep(5);
      }
      assertThat(heard()).hasSizeGreaterThanOrEqualTo(count);
    }

    void leave() {
      listener.close();
    }
  }
}
