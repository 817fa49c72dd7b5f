package dev.parigot.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parigot.manifest.Audience;
import dev.parigot.manifest.ChannelRules;
import dev.parigot.situation.Call;
import dev.parigot.situation.Channels;
import dev.parigot.situation.Refused;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BroadcastTest {
  private static final Call NOBODY = new Call("1", "shop", "sell", null, 0, 1, "00-0-0-01");

  private Instant now = Instant.parse("2026-03-01T12:00:00Z");
  private final List<String> onward = new ArrayList<>();
  private final Broadcast one =
      new Broadcast(
          "one",
          () -> now,
          (channel, message) -> onward.add(channel + " " + message.number() + " " + text(message)));

  @Test
  void whatIsPublishedReachesThoseWhoListenToThatChannelInItsOrder() throws Exception {
    Listener orders = listen("orders");
    Listener again = listen("orders");
    Listener stock = listen("stock");
    publish("orders", "first");
    publish("orders", "second");

    assertThat(heard(orders)).containsExactly("first", "second");
    assertThat(heard(again)).containsExactly("first", "second");
    assertThat(heard(stock)).isEmpty();
    assertThat(onward).containsExactly("orders 1 first", "orders 2 second");
  }

  @Test
  void whoComesAnewHearsNothingOfBefore() throws Exception {
    publish("orders", "before");
    Listener listener = listen("orders");
    publish("orders", "after");
    assertThat(heard(listener)).containsExactly("after");
  }

  @Test
  void whoComesAgainGetsWhatWasMissed() throws Exception {
    Listener listener = listen("orders");
    publish("orders", "first");
    publish("stock", "of another channel");
    String last = lastId(listener);
    publish("orders", "second");
    publish("orders", "third");

    Listener again = listen("orders", last);
    publish("orders", "fourth");
    assertThat(heard(again)).containsExactly("second", "third", "fourth");
  }

  /** The id of an event without data, which the browser keeps. */
  @Test
  void whoHeardNothingBeforeTheConnectionBrokeMissesNothingEither() throws Exception {
    publish("orders", "before");
    String begun = lastId(listen("orders"));
    publish("orders", "missed");
    assertThat(heard(listen("orders", begun))).containsExactly("missed");
  }

  @Test
  void whoHeardAnotherProcessBeforeGetsAllThatThisOneKeeps() throws Exception {
    publish("orders", "first");
    publish("orders", "second");
    assertThat(heard(listen("orders", "gone.17"))).containsExactly("first", "second");
  }

  @Test
  void whatIsNoIdIsNone() throws Exception {
    publish("orders", "before");
    for (String id : List.of("", "17", "one", "one.x", "ONE.1", "one.1,", "one.1;two.2")) {
      assertThat(heard(listen("orders", id))).as(id).isEmpty();
    }
  }

  @Test
  void aHundredMessagesAreKeptForTwoMinutes() throws Exception {
    for (int i = 1; i <= Broadcast.KEPT + 5; i++) {
      publish("orders", "message " + i);
    }
    assertThat(one.messages("orders")).hasSize(Broadcast.KEPT);
    assertThat(text(one.messages("orders").getFirst())).isEqualTo("message 6");

    now = now.plus(Broadcast.KEPT_FOR).plusMillis(1);
    one.sweep();
    assertThat(one.messages("orders")).isEmpty();
    assertThat(one.status()).isEmpty();
  }

  @Test
  void allThatIsKeptTogetherIsBounded() {
    byte[] large = new byte[ChannelRules.MESSAGE_BYTES];
    for (int i = 0; i < 500; i++) {
      one.publish("thing-" + i, large);
    }
    int kept = one.status().stream().mapToInt(each -> one.messages(each.name()).size()).sum();
    assertThat(kept).isBetween(100, 8 * 16);
    assertThat(one.messages("thing-499")).hasSize(1);
  }

  @Test
  void whoIsTooSlowIsCutOffAfterWhatWaitsAndGetsTheRestWhenTheyComeAgain() throws Exception {
    Listener slow = listen("orders");
    for (int i = 0; i < 300; i++) {
      publish("orders", "message " + i);
    }
    assertThat(one.status().getFirst().listeners()).isZero();
    assertThat(heard(slow)).hasSize(256).endsWith("message 255");
    slow.close();
    assertThat(heard(listen("orders", "one.256"))).hasSize(44).endsWith("message 299");
  }

  @Test
  void noMoreThanAThousandListen() {
    List<Listener> all = new ArrayList<>();
    for (int i = 0; i < Broadcast.MOST_LISTENERS; i++) {
      all.add(listen("thing-" + i));
    }
    assertThat(one.listen("orders", null)).isEmpty();
    all.getFirst().close();
    all.getFirst().close();
    assertThat(one.listen("orders", null)).isPresent();
    assertThat(one.listen("orders", null)).isEmpty();
  }

  @Test
  void thoseWhoHaveGoneTakeNoRoom() {
    Listener listener = listen("orders");
    assertThat(one.isHeard()).isTrue();
    listener.close();
    assertThat(one.isHeard()).isFalse();
    assertThat(one.status()).isEmpty();
  }

  @Test
  void messagesOfTheLastMinuteAreCounted() {
    publish("orders", "first");
    now = now.plusSeconds(40);
    publish("orders", "second");
    assertThat(one.status().getFirst().lastMinute()).isEqualTo(2);
    now = now.plusSeconds(40);
    assertThat(one.status().getFirst().lastMinute()).isEqualTo(1);
    now = now.plusSeconds(3600);
    publish("orders", "third");
    assertThat(one.status().getFirst().lastMinute()).isEqualTo(1);
  }

  /** Whatever order the messages of two processes come in at each of them. */
  @Test
  void anIdHoldsInEveryProcess() throws Exception {
    for (int seed = 0; seed < 50; seed++) {
      Random random = new Random(seed);
      Broadcast left = new Broadcast("left", () -> now, (_, _) -> {});
      Broadcast right = new Broadcast("right", () -> now, (_, _) -> {});
      List<Message> ofLeft = new ArrayList<>();
      List<Message> ofRight = new ArrayList<>();
      int toRight = 0;
      int toLeft = 0;
      Listener first = left.listen("orders", null).orElseThrow();
      for (int i = 0; i < 60; i++) {
        switch (random.nextInt(4)) {
          case 0 -> ofLeft.add(left.publish("orders", bytes("left " + ofLeft.size())));
          case 1 -> ofRight.add(right.publish("orders", bytes("right " + ofRight.size())));
          case 2 -> toRight = pass(ofLeft, toRight, "left", right);
          default -> toLeft = pass(ofRight, toLeft, "right", left);
        }
      }
      String id = lastId(first);
      List<String> heardAtLeft = text(left.messages("orders"));
      for (; toRight < ofLeft.size(); toRight++) {
        pass(ofLeft, toRight, "left", right);
      }
      List<String> expected = new ArrayList<>(text(right.messages("orders")));
      expected.removeAll(heardAtLeft);

      assertThat(heard(right.listen("orders", id).orElseThrow()))
          .as("seed " + seed)
          .containsExactlyElementsOf(expected);
    }
  }

  private static int pass(List<Message> from, int next, String origin, Broadcast to) {
    if (next >= from.size()) {
      return next;
    }
    Message message = from.get(next);
    to.hear("orders", origin, message.number(), message.at(), message.content());
    return next + 1;
  }

  @Test
  void aMessageOfAnotherProcessIsToldOnce() throws Exception {
    Listener listener = listen("orders");
    one.hear("orders", "two", 1, now, bytes("first"));
    one.hear("orders", "two", 1, now, bytes("first"));
    one.hear("orders", "two", 2, now, bytes("second"));
    assertThat(heard(listener)).containsExactly("first", "second");
    assertThat(onward).isEmpty();
  }

  @Test
  void processesThatHaveEndedLeaveTheId() {
    for (int i = 0; i < 40; i++) {
      one.hear("orders", "process" + i, 1, now, bytes("hello"));
      now = now.plusSeconds(30);
    }
    assertThat(one.messages("orders").getLast().id().split(",")).hasSizeLessThan(12);
  }

  @Test
  void endingThoseWhoMayNotListenAnyMoreLeavesTheOthers() throws Exception {
    Listener orders = listen("orders");
    Listener stock = listen("stock");
    one.end("orders"::equals);
    publish("orders", "secret");
    publish("stock", "open");
    assertThat(heard(orders)).isEmpty();
    assertThat(heard(stock)).containsExactly("open");
  }

  @Test
  void servicesPublishToWhatTheManifestHas() {
    Channels channels =
        one.under(
            new ChannelRules(Map.of("orders", Audience.NOBODY, "order-*", Audience.EVERYONE)));
    channels.publish(NOBODY, "orders", bytes("first"));
    channels.publish(NOBODY, "order-17", bytes("second"));
    assertThat(onward).containsExactly("orders 1 first", "order-17 2 second");
    assertThatThrownBy(() -> channels.publish(NOBODY, "stock", bytes("lost")))
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> {
              assertThat(refused.code()).isEqualTo(404);
              assertThat(refused.message()).contains("[channels.stock]", "public = true");
            });
    assertThatThrownBy(() -> channels.publish(NOBODY, "a/b", bytes("lost")))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.code()).isEqualTo(400));
  }

  @Test
  void whoHasHeardNothingMayHaveAllThatIsKept() throws Exception {
    publish("orders", "first");
    publish("orders", "second");
    assertThat(heard(listen("orders"))).isEmpty();
    assertThat(heard(listen("orders", Broadcast.HEARD_NOTHING))).containsExactly("first", "second");
  }

  private void publish(String channel, String text) {
    Message _ = one.publish(channel, bytes(text));
  }

  private Listener listen(String channel) {
    return listen(channel, null);
  }

  private Listener listen(String channel, @Nullable String last) {
    return one.listen(channel, last).orElseThrow();
  }

  /** What has come so far, by the events that a browser would get. */
  private static List<String> heard(Listener listener) throws Exception {
    return events(listener)
        .lines()
        .filter(line -> line.startsWith("data: "))
        .map(line -> line.substring("data: ".length()))
        .toList();
  }

  private static String lastId(Listener listener) throws Exception {
    return events(listener)
        .lines()
        .filter(line -> line.startsWith("id: "))
        .map(line -> line.substring("id: ".length()))
        .reduce("", (_, last) -> last);
  }

  /** Ends it, too. */
  private static String events(Listener listener) throws Exception {
    ByteArrayOutputStream out =
        new ByteArrayOutputStream() {
          @Override
          public void flush() {
            if (toString(StandardCharsets.UTF_8).endsWith(": still here\n\n")) {
              listener.end();
            }
          }
        };
    listener.copyTo(out, Duration.ofMillis(1));
    return out.toString(StandardCharsets.UTF_8);
  }

  private static List<String> text(List<Message> messages) {
    return messages.stream().map(BroadcastTest::text).toList();
  }

  private static String text(Message message) {
    return new String(message.content(), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
