package dev.parigot.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parigot.observe.LogLine;
import dev.parigot.queue.Messages;
import dev.parigot.release.Release;
import dev.parigot.release.ReleasedService;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class DeliveryTest {
  private static final Release.Queue TAKE = new Release.Queue("shop", "take", 3);

  @TempDir Path folder;
  private TestPlatform platform;

  @BeforeEach
  void open() {
    platform = new TestPlatform(folder, new FleetSettings(8, 256, 4, 8, 4, Duration.ofMillis(10)));
  }

  @AfterEach
  void close() {
    platform.close();
  }

  @Test
  void aMessageIsDelivered() {
    launch(TAKE);
    platform.returned("shop", "place", "book .");
    awaitNone();
    assertThat(log()).containsExactly("book 1");
  }

  @Test
  void aQueueThatTheManifestDoesNotNameIsNotFound() {
    launch(TAKE);
    assertThat(call("misplace").code()).isEqualTo(404);
  }

  @Test
  void aMessageWhoseDeliveryFailedIsDeliveredAgain() {
    launch(TAKE);
    platform.returned("shop", "place", "! .");
    awaitNone();
    assertThat(log()).filteredOn(line -> line.startsWith("! ")).containsExactly("! 1", "! 2");
    assertThat(figures().dead()).isZero();
  }

  @Test
  void aMessageThatFailsEveryTimeIsDeadAndTheLogSaysSo() {
    launch(TAKE);
    platform.returned("shop", "place", "? .");
    awaitNone();
    Waiting.until(() -> log().stream().anyMatch(line -> line.contains("is given up")));
    assertThat(log())
        .filteredOn(line -> line.startsWith("? "))
        .containsExactly("? 1", "? 2", "? 3");
    assertThat(log().getLast()).contains("of the queue orders is given up: 1234 no");
    assertThat(figures().dead()).isEqualTo(1);
  }

  @Test
  void messagesOutliveTheReleaseThatTheyWereSentIn() {
    launch(new Release.Queue("shop", "nothing", 100));
    for (int i = 0; i < 20; i++) {
      platform.returned("shop", "place", "book .");
    }
    launch(new Release.Queue("shop", "take", 100));
    awaitNone();
    assertThat(log()).filteredOn(line -> line.startsWith("book ")).hasSizeGreaterThanOrEqualTo(20);
  }

  @Test
  void messagesOfAQueueThatIsGoneAreKeptUntilItIsBack() {
    launch(TAKE);
    platform.messages.send(platform.app.id(), "later", utf8("book ."), trace());
    platform.returned("shop", "place", "book .");
    Waiting.until(() -> log().size() == 1);

    launch(Map.of("later", TAKE));

    Waiting.until(() -> log().size() == 2);
  }

  @Test
  void messagesThatWaitWhenThePlatformStartsAreDelivered() {
    platform.messages.send(platform.app.id(), "orders", utf8("book ."), trace());
    ReleasedService shop = platform.service("shop", "orders");
    Release live = platform.releases.markLive(platform.release(contents(shop, "orders")));

    platform.fleet.restore(List.of(live));

    awaitNone();
    assertThat(log()).containsExactly("book 1");
  }

  private static Release.Contents contents(ReleasedService shop, String queue) {
    return new Release.Contents(
        List.of(shop), Map.of(), null, Map.of(), Map.of(queue, TAKE), List.of());
  }

  private void launch(Release.Queue orders) {
    launch(Map.of("orders", orders));
  }

  private void launch(Map<String, Release.Queue> queues) {
    ReleasedService shop = platform.service("shop", "orders");
    platform.launch(
        platform.release(
            new Release.Contents(List.of(shop), Map.of(), null, Map.of(), queues, List.of())));
  }

  private void awaitNone() {
    Waiting.until(() -> figures().waiting() == 0);
  }

  private Messages.Figures figures() {
    return platform.messages.figures(new Messages.Queue(platform.app.id(), "orders"));
  }

  private dev.parigot.engine.CallOutcome call(String method) {
    return platform.fleet.call(platform.app.id(), "shop", method, new byte[1]);
  }

  private List<String> log() {
    return platform.logs.read(platform.app.id(), 0, 10_000, null, null).stream()
        .filter(line -> line.level() == LogLine.Level.INFO || line.service().equals("parigot"))
        .map(LogLine::message)
        .toList();
  }

  private static String trace() {
    return "00-" + "a".repeat(32) + "-" + "b".repeat(16) + "-01";
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
