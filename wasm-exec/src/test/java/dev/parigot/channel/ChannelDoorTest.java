package dev.parigot.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parigot.gateway.Answers;
import dev.parigot.gateway.GatewayRequest;
import dev.parigot.gateway.GatewayResponse;
import dev.parigot.manifest.Audience;
import dev.parigot.manifest.ChannelRules;
import dev.parigot.situation.User;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ChannelDoorTest {
  private static final ChannelRules RULES =
      new ChannelRules(
          Map.of(
              "orders",
              Audience.EVERYONE,
              "books",
              Audience.NOBODY,
              "team",
              Audience.SIGNED_IN,
              "order-*",
              Audience.EVERYONE,
              "order-x*",
              Audience.NOBODY));

  private final Broadcast broadcast = new Broadcast("one", () -> Instant.EPOCH, (_, _) -> {});
  private final ChannelDoor door = new ChannelDoor(Admission.BY_MANIFEST);

  @Test
  void whoMayListenIsLetIn() {
    assertThat(answer("GET", "orders")).isInstanceOf(ChannelDoor.Answer.Listening.class);
    assertThat(answer("GET", "order-17")).isInstanceOf(ChannelDoor.Answer.Listening.class);
    assertThat(broadcast.status())
        .extracting(Broadcast.Status::name)
        .containsExactly("order-17", "orders");
  }

  @Test
  void whatNobodyMayListenToIsAnsweredLikeWhatThereIsNot() {
    for (String name : List.of("books", "stock", "order-x1", "", "a/b", "order-*", "%6Frders")) {
      assertThat(refused("GET", name).status()).as(name).isEqualTo(404);
    }
    assertThat(broadcast.status()).isEmpty();
  }

  @Test
  void toChannelsOfUsersNobodyListensWhoIsNotSignedIn() {
    assertThat(refused("GET", "team").status()).isEqualTo(401);
    GatewayRequest ofAda = request("GET", "team").of(Map.of(), new User("ada", "{\"id\":\"ada\"}"));
    assertThat(door.answer(() -> ofAda, RULES, broadcast::listen))
        .isInstanceOf(ChannelDoor.Answer.Listening.class);
  }

  @Test
  void whoIsSignedInNoMoreHearsNothingMore() throws Exception {
    AtomicReference<@Nullable User> signedIn = new AtomicReference<>(new User("ada", "{}"));
    var answer =
        (ChannelDoor.Answer.Listening)
            door.answer(
                () -> request("GET", "team").of(Map.of(), signedIn.get()),
                RULES,
                broadcast::listen);
    ByteArrayOutputStream heard =
        new ByteArrayOutputStream() {
          @Override
          public void write(byte[] event) throws IOException {
            super.write(event);
            if (toString(StandardCharsets.UTF_8).contains("first")) {
              signedIn.set(null);
            }
          }
        };
    publish("first");
    publish("second");
    answer.listener().copyTo(heard, Duration.ofDays(1));
    assertThat(heard.toString(StandardCharsets.UTF_8))
        .contains("data: first")
        .doesNotContain("second");
  }

  @Test
  void whoHearsNothingIsLetGoAtOnceWhenSomebodyElseIsSignedIn() throws Exception {
    AtomicReference<@Nullable User> signedIn = new AtomicReference<>(new User("ada", "{}"));
    var answer =
        (ChannelDoor.Answer.Listening)
            door.answer(
                () -> request("GET", "team").of(Map.of(), signedIn.get()),
                RULES,
                broadcast::listen);
    ByteArrayOutputStream heard =
        new ByteArrayOutputStream() {
          @Override
          public void flush() {
            signedIn.set(new User("bob", "{}"));
            broadcast.doubtAll();
          }
        };
    answer.listener().copyTo(heard, Duration.ofDays(1));
    assertThat(heard.toString(StandardCharsets.UTF_8)).doesNotContain("still here");
  }

  @Test
  void aChannelIsListenedToByGet() {
    GatewayResponse refused = refused("POST", "orders");
    assertThat(refused.status()).isEqualTo(405);
    assertThat(refused.headers().first("Allow")).contains("GET");
  }

  @Test
  void tooManyAreTurnedAwayForAWhile() {
    ChannelDoor.Answer answer =
        door.answer(() -> request("GET", "orders"), RULES, (_, _) -> Optional.empty());
    GatewayResponse refused = ((ChannelDoor.Answer.Refused) answer).response();
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.headers().first("Retry-After")).isPresent();
  }

  /** So that something else than the manifest can decide. */
  @Test
  void oneDecisionIsAskedForAll() {
    ChannelDoor closed =
        new ChannelDoor((request, channel, audience) ->
            Optional.of(Answers.text(401, request.method() + " " + channel + " " + audience)));
    var answer =
        (ChannelDoor.Answer.Refused)
            closed.answer(() -> request("GET", "orders"), RULES, broadcast::listen);
    assertThat(new String(answer.response().body(), StandardCharsets.UTF_8))
        .isEqualTo("GET orders EVERYONE");
  }

  private void publish(String text) {
    Message _ = broadcast.publish("team", text.getBytes(StandardCharsets.UTF_8));
  }

  private GatewayResponse refused(String method, String name) {
    return ((ChannelDoor.Answer.Refused) answer(method, name)).response();
  }

  private ChannelDoor.Answer answer(String method, String name) {
    return door.answer(() -> request(method, name), RULES, broadcast::listen);
  }

  private static GatewayRequest request(String method, String name) {
    return new GatewayRequest(
        method, ChannelDoor.PATH + name, "", Map.of(), new byte[0], "127.0.0.1");
  }
}
