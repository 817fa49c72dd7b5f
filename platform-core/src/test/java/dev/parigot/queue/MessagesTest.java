package dev.parigot.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parigot.account.AccountId;
import dev.parigot.app.AppId;
import dev.parigot.app.AppName;
import dev.parigot.app.Apps;
import dev.parigot.database.Database;
import dev.parigot.database.GeneratedId;
import dev.parigot.database.SettableClock;
import dev.parigot.database.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(TestDatabase.class)
class MessagesTest {
  private static final Duration LEASE = Duration.ofSeconds(30);

  private final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T12:00:00Z"));
  private final Messages messages;
  private final AppId shop;
  private final Messages.Queue orders;

  MessagesTest(TestDatabase vendor) {
    Database database = vendor.empty();
    messages = new Messages(database.jdbc(), clock);
    AccountId ada =
        new AccountId(
            GeneratedId.of(
                database
                    .jdbc()
                    .sql(
                        """
                        INSERT INTO accounts (email, name, password, created_at)
                        VALUES ('ada@example.org', 'Ada', '', CURRENT_TIMESTAMP)
                        """)));
    shop =
        new Apps(database.jdbc(), database.transactions(), clock)
            .create(ada, AppName.of("shop"))
            .id();
    orders = new Messages.Queue(shop, "orders");
  }

  @Test
  void whatIsSentIsTakenOnceInItsOrder() {
    send("first");
    send("second");
    assertThat(messages.due()).containsExactly(orders);
    Message first = messages.take(orders, LEASE).orElseThrow();
    assertThat(first.content()).isEqualTo(utf8("first"));
    assertThat(first.attempt()).isEqualTo(1);
    assertThat(first.traceparent()).isEqualTo("a trace");
    assertThat(messages.take(orders, LEASE).orElseThrow().content()).isEqualTo(utf8("second"));
    assertThat(messages.take(orders, LEASE)).isEmpty();
    assertThat(messages.due()).isEmpty();
  }

  @Test
  void whatWasDeliveredIsGone() {
    send("a message");
    messages.delivered(messages.take(orders, LEASE).orElseThrow());
    clock.advance(LEASE);
    assertThat(messages.take(orders, LEASE)).isEmpty();
    assertThat(messages.figures(orders)).isEqualTo(new Messages.Figures(0, 0));
  }

  @Test
  void whatNobodySettledIsDueAgain() {
    send("a message");
    Message lost = messages.take(orders, LEASE).orElseThrow();
    clock.advance(LEASE);
    Message again = messages.take(orders, LEASE).orElseThrow();
    assertThat(again.attempt()).isEqualTo(2);

    messages.retry(lost, Duration.ZERO);
    messages.bury(orders, lost);

    assertThat(messages.take(orders, LEASE)).as("the late one has no say").isEmpty();
    assertThat(messages.figures(orders)).isEqualTo(new Messages.Figures(1, 0));
  }

  @Test
  void whatRestsIsNotDue() {
    send("a message");
    messages.retry(messages.take(orders, LEASE).orElseThrow(), Duration.ofSeconds(2));
    assertThat(messages.due()).isEmpty();
    clock.advance(Duration.ofSeconds(2));
    assertThat(messages.take(orders, LEASE).orElseThrow().attempt()).isEqualTo(2);
  }

  @Test
  void theNewestDeadAreKept() {
    for (int i = 0; i < 9; i++) {
      messages.send(shop, "orders", new byte[8 << 20], "");
    }
    for (int i = 0; i < 9; i++) {
      messages.bury(orders, messages.take(orders, LEASE).orElseThrow());
    }
    assertThat(messages.figures(orders)).isEqualTo(new Messages.Figures(0, 8));
    clock.advance(LEASE);
    assertThat(messages.due()).isEmpty();
  }

  @Test
  void whatIsHeldIsBounded() {
    for (int i = 0; i < 32; i++) {
      assertThat(messages.send(shop, "queue" + i % 2, new byte[8 << 20], "")).isTrue();
    }
    assertThat(messages.send(shop, "orders", new byte[1], "")).isFalse();
    Messages.Queue first = new Messages.Queue(shop, "queue0");
    messages.delivered(messages.take(first, LEASE).orElseThrow());
    assertThat(messages.send(shop, "orders", new byte[1], "")).isTrue();
  }

  @Test
  void manyWhoTakeAtOnceNeverGetTheSameMessage() throws Exception {
    for (int i = 0; i < 60; i++) {
      send("message " + i);
    }
    Set<Long> taken = ConcurrentHashMap.newKeySet();
    List<Callable<Integer>> takers =
        IntStream.range(0, 6).<Callable<Integer>>mapToObj(_ -> () -> takeAll(taken)).toList();
    try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
      int sum =
          threads.invokeAll(takers).stream().map(Future::resultNow).mapToInt(each -> each).sum();
      sum += takeAll(taken);
      assertThat(sum).isEqualTo(60);
    }
    assertThat(taken).hasSize(60);
  }

  private int takeAll(Set<Long> taken) {
    int count = 0;
    var message = messages.take(orders, LEASE);
    while (message.isPresent()) {
      taken.add(message.get().id());
      count++;
      message = messages.take(orders, LEASE);
    }
    return count;
  }

  private void send(String text) {
    assertThat(messages.send(shop, "orders", utf8(text), "a trace")).isTrue();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
