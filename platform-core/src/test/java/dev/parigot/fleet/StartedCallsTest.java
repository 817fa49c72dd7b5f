package dev.parigot.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parigot.app.App;
import dev.parigot.app.AppName;
import dev.parigot.engine.CallOutcome;
import dev.parigot.metering.Metering;
import dev.parigot.release.Release;
import dev.parigot.release.ReleasedService;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class StartedCallsTest {
  private static final Duration LONG = Duration.ofMinutes(10);

  @TempDir Path folder;

  /** Each test opens it as it needs it. */
  @SuppressWarnings("NullAway.Init")
  private TestPlatform platform;

  @AfterEach
  void close() {
    open("open");
    platform.close();
  }

  @Test
  void aStartedCallGivesWhatACallWouldHaveGiven() {
    start(4, 8);
    assertThat(platform.returned("starter", "through", "abc")).isEqualTo("abc");
    assertThat(platform.metering.between(platform.app.id().value()))
        .containsEntry(new Metering.Pair("starter", "worker"), 1L);
  }

  @Test
  void whoWaitsForACallThatHasNotBegunRunsItItself() {
    start(0, 8);
    assertThat(platform.returned("starter", "through", "abc")).isEqualTo("abc");
  }

  @Test
  void aStartedCallHasTheTimeoutOfItsService() {
    start(4, 8, Duration.ofMillis(200));
    assertThat(call("starter", "through_spin", "").code()).isEqualTo(408);
  }

  @Test
  void aServiceMayStartACallOfItself() {
    start(4, 8);
    assertThat(platform.returned("starter", "down", "3")).isEqualTo("0");
  }

  @Test
  void aDetachedCallOutlivesItsCallerAndItsRelease() {
    start(4, 8);
    platform.returned("starter", "detach", "");
    Waiting.until(() -> status("worker").instances() == 1);

    platform.deploy(platform.service("hello", "hello"));
    assertThat(log()).doesNotContain("opened");
    open("open");

    Waiting.until(() -> log().contains("opened"));
  }

  @Test
  void aFloodOfDetachedCallsIsRefusedBeyondTheBoundAndAllElseGoesOn() {
    start(2, 100);
    byte[] answer = bytes(call("starter", "flood", ""));
    int taken = ByteBuffer.wrap(answer).order(ByteOrder.LITTLE_ENDIAN).getInt();
    assertThat(taken).as("100 wait, and 2 may run").isBetween(100, 102);
    // Those two have to have begun, that others find no room.
    Waiting.until(() -> status("worker").instances() == 2);
    call("starter", "flood", "");

    assertThat(platform.returned("worker", "echo", "same app")).isEqualTo("same app");
    assertThat(call("starter", "through", "not started").code())
        .as("no such future")
        .isEqualTo(400);
    App other = platform.apps.create(platform.owner(), AppName.of("other"));
    Release release =
        platform.releases.create(
            other.id(),
            null,
            "ada@example.org",
            Release.Contents.of(services(Duration.ofSeconds(10))));
    platform.fleet.activate(platform.fleet.start(release));
    CallOutcome outcome = platform.fleet.call(other.id(), "starter", "through", utf8("other app"));
    assertThat(bytes(outcome)).isEqualTo(utf8("other app"));

    open("open");
    Waiting.until(() -> log().stream().filter("opened"::equals).count() == 102);
    assertThat(platform.returned("starter", "through", "again")).isEqualTo("again");
  }

  @Test
  void callsThatWaitWhenTheAppIsDeletedAreDropped() {
    start(1, 100);
    call("starter", "flood", "");
    platform.fleet.stop(platform.app.id());
    open("open");

    deploy(LONG);
    assertThat(platform.returned("starter", "through", "anew")).isEqualTo("anew");
    assertThat(log().stream().filter("opened"::equals).count()).isLessThanOrEqualTo(1);
  }

  private void start(int background, int waiting) {
    start(background, waiting, LONG);
  }

  private void start(int background, int waiting, Duration workersTimeout) {
    platform =
        new TestPlatform(
            folder, new FleetSettings(8, 256, background, waiting, 4, Duration.ofMillis(10)));
    deploy(workersTimeout);
  }

  private void deploy(Duration workersTimeout) {
    platform.deploy(services(workersTimeout).toArray(new ReleasedService[0]));
  }

  private List<ReleasedService> services(Duration workersTimeout) {
    return List.of(
        TestPlatform.sized(platform.service("worker", "worker"), 0, 4, workersTimeout),
        TestPlatform.sized(platform.service("starter", "starter"), 0, 4, LONG));
  }

  private void open(String key) {
    platform.keyValues.of(platform.app.id()).put(utf8(key), new byte[1]);
  }

  private CallOutcome call(String service, String method, String request) {
    return platform.fleet.call(platform.app.id(), service, method, utf8(request));
  }

  private ServiceStatus status(String service) {
    return platform.fleet.status(platform.app.id()).stream()
        .filter(each -> each.service().name().equals(service))
        .findFirst()
        .orElseThrow();
  }

  private List<String> log() {
    return platform.logs.read(platform.app.id(), 0, 10_000, null, null).stream()
        .map(line -> line.message())
        .toList();
  }

  private static byte[] bytes(CallOutcome outcome) {
    assertThat(outcome).isInstanceOf(CallOutcome.Returned.class);
    return ((CallOutcome.Returned) outcome).response();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
