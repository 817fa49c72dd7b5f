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

  /** The bytes of a message of which 32 may wait, and 8 dead ones are kept. */
  private static final int LARGE = 8 << 10;

  private final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T12:00:00Z"));
  private final Messages messages;
  private final AppId shop;
  private final Messages.Queue orders;

  MessagesTest(TestDatabase vendor) {
    Database database = vendor.empty();
    messages = new Messages(database.jdbc(), clock, 32 * LARGE, 8 * LARGE);
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
    assertThat(messages.figures(orders)).isEqualTo(Messages.Figures.NONE);
  }

  @Test
  void whatNobodySettledIsDueAgain() {
    send("a message");
    Message lost = messages.take(orders, LEASE).orElseThrow();
    clock.advance(LEASE);
    Message again = messages.take(orders, LEASE).orElseThrow();
    assertThat(again.attempt()).isEqualTo(2);

    messages.retry(lost, Duration.ZERO, "late");
    messages.bury(orders, lost, "late");

    assertThat(messages.take(orders, LEASE)).as("the late one has no say").isEmpty();
    assertThat(messages.figures(orders))
        .isEqualTo(new Messages.Figures(1, 0, clock.instant().minus(LEASE)));
  }

  @Test
  void whatRestsIsNotDue() {
    send("a message");
    messages.retry(messages.take(orders, LEASE).orElseThrow(), Duration.ofSeconds(2), "500 no");
    assertThat(messages.due()).isEmpty();
    clock.advance(Duration.ofSeconds(2));
    assertThat(messages.take(orders, LEASE).orElseThrow().attempt()).isEqualTo(2);
  }

  @Test
  void theNewestDeadAreKept() {
    for (int i = 0; i < 9; i++) {
      messages.send(shop, "orders", new byte[LARGE], "");
    }
    for (int i = 0; i < 9; i++) {
      messages.bury(orders, messages.take(orders, LEASE).orElseThrow(), "500 no");
    }
    assertThat(messages.figures(orders)).isEqualTo(new Messages.Figures(0, 8, null));
    clock.advance(LEASE);
    assertThat(messages.due()).isEmpty();
  }

  @Test
  void theDeadCanBeLookedAtSentAgainAndDropped() {
    for (String text : List.of("first", "second", "third")) {
      send(text);
      messages.bury(orders, messages.take(orders, LEASE).orElseThrow(), "500 no \0 " + text);
    }
    List<DeadMessage> dead = messages.dead(orders, 0, 10);
    assertThat(dead)
        .extracting(DeadMessage::failure)
        .containsExactly("500 no \uFFFD third", "500 no \uFFFD second", "500 no \uFFFD first");
    DeadMessage third = dead.getFirst();
    assertThat(third.attempts()).isEqualTo(1);
    assertThat(third.bytes()).isEqualTo(5);
    assertThat(third.sentAt()).isEqualTo(clock.instant());
    assertThat(third.failedAt()).isEqualTo(clock.instant());
    assertThat(messages.content(orders, third.id())).contains(utf8("third"));
    assertThat(messages.dead(orders, third.id(), 1)).containsExactly(dead.get(1));
    Messages.Queue other = new Messages.Queue(shop, "others");
    assertThat(messages.content(other, third.id())).isEmpty();
    assertThat(messages.resend(other, third.id())).isFalse();
    assertThat(messages.drop(other, third.id())).isFalse();

    assertThat(messages.resend(orders, third.id())).isTrue();
    assertThat(messages.resend(orders, third.id())).isFalse();
    Message again = messages.take(orders, LEASE).orElseThrow();
    assertThat(again.content()).isEqualTo(utf8("third"));
    assertThat(again.attempt()).as("all attempts are before it").isEqualTo(1);

    assertThat(messages.drop(orders, dead.get(1).id())).isTrue();
    assertThat(messages.resendAll(orders)).isEqualTo(1);
    assertThat(messages.take(orders, LEASE).orElseThrow().content()).isEqualTo(utf8("first"));
    assertThat(messages.dropAll(orders)).isZero();
    assertThat(messages.figures(orders)).isEqualTo(new Messages.Figures(2, 0, clock.instant()));
  }

  @Test
  void messagesOfOneKeyAreTakenOneAfterTheOtherAndOthersBesideThem() {
    for (String text : List.of("a1", "a2", "b1", "none")) {
      String key = text.length() == 2 ? text.substring(0, 1) : null;
      assertThat(messages.send(shop, "orders", utf8(text), "a trace", key)).isTrue();
    }
    Message a1 = messages.take(orders, LEASE).orElseThrow();
    assertThat(a1.content()).isEqualTo(utf8("a1"));
    assertThat(messages.take(orders, LEASE).orElseThrow().content()).isEqualTo(utf8("b1"));
    assertThat(messages.take(orders, LEASE).orElseThrow().content()).isEqualTo(utf8("none"));
    assertThat(messages.take(orders, LEASE)).isEmpty();

    messages.retry(a1, Duration.ofSeconds(2), "500 no");
    assertThat(messages.take(orders, LEASE)).as("the first of the key rests").isEmpty();
    clock.advance(Duration.ofSeconds(2));
    Message again = messages.take(orders, LEASE).orElseThrow();
    assertThat(again.content()).isEqualTo(utf8("a1"));
    messages.bury(orders, again, "500 no");
    assertThat(messages.take(orders, LEASE).orElseThrow().content()).isEqualTo(utf8("a2"));
  }

  @Test
  void whatIsHeldIsBounded() {
    for (int i = 0; i < 32; i++) {
      assertThat(messages.send(shop, "queue" + i % 2, new byte[LARGE], "")).isTrue();
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
