package dev.parigot.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import dev.parigot.app.AppId;
import dev.parigot.engine.CallOutcome;
import dev.parigot.engine.Code;
import dev.parigot.observe.LogLine;
import dev.parigot.problem.Problem;
import dev.parigot.release.Release;
import dev.parigot.release.ReleasedService;
import java.lang.ref.WeakReference;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class FleetTest {
  @TempDir Path folder;
  TestPlatform platform;

  @BeforeEach
  void open() {
    platform = new TestPlatform(folder, new FleetSettings(4, 8, 4, 8, 4, Duration.ofMillis(10)));
  }

  @AfterEach
  void close() {
    platform.close();
  }

  @Test
  void aMethodIsCalled() {
    platform.deploy(platform.service("hello", "hello"));
    assertThat(platform.returned("hello", "echo", "abc")).isEqualTo("abc");
  }

  @Test
  void anInstanceLivesAcrossCalls() {
    platform.deploy(platform.service("hello", "hello"));
    assertThat(platform.returned("hello", "count", "")).isEqualTo("1");
    assertThat(platform.returned("hello", "count", "")).isEqualTo("2");
    assertThat(only().instances()).isEqualTo(1);
  }

  @Test
  void aServiceCallsAnother() {
    platform.deploy(platform.service("hello", "hello"), platform.service("front", "front"));
    assertThat(platform.returned("front", "relay", "through two")).isEqualTo("through two");
    assertThat(call("front", "relay_trap").code()).isEqualTo(500);
    assertThat(platform.fleet.status(platform.app.id()))
        .extracting(ServiceStatus::state)
        .containsExactly(ServiceStatus.State.FAILING, ServiceStatus.State.RUNNING);
  }

  @Test
  void aPlainModuleIsCalledWithJson() {
    platform.deploy(platform.service("sums", "sums"));
    assertThat(platform.returned("sums", "add", "[2,3]")).isEqualTo("[5]");
  }

  @Test
  void errorsTrapsAndTimeoutsAreOutcomes() {
    platform.deploy(
        TestPlatform.sized(platform.service("hello", "hello"), 0, 2, Duration.ofMillis(300)));
    assertThat(call("hello", "sold_out")).isEqualTo(new CallOutcome.Failed(1234, "sold out"));
    assertThat(call("hello", "odd").code()).isEqualTo(500);
    assertThat(call("hello", "trap")).isInstanceOf(CallOutcome.Trapped.class);
    assertThat(call("hello", "spin"))
        .isEqualTo(new CallOutcome.LimitReached(CallOutcome.Limit.TIME));
    assertThat(call("hello", "nothing").code()).isEqualTo(404);
    assertThat(call("nobody", "echo").code()).isEqualTo(404);
    assertThat(only().lastError()).contains("spin timed out");
    assertThat(only().state()).isEqualTo(ServiceStatus.State.FAILING);
    assertThat(only().errorsPerMinute()).isEqualTo(3);
  }

  @Test
  void aServiceReachesOnlyTheHostsThatItsReleaseAllows() throws Exception {
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.start();
    String host = "127.0.0.1:" + server.getAddress().getPort();
    String request = "GET http://" + host + "/ HTTP/1.1\r\n\r\n";
    launchAllowing(List.of(host));
    assertThat(platform.returned("web", "fetch", request)).startsWith("HTTP/1.1 204 ");

    launchAllowing(List.of());
    byte[] bytes = request.getBytes(StandardCharsets.UTF_8);
    assertThat(platform.fleet.call(platform.app.id(), "web", "fetch", bytes).code()).isEqualTo(403);
    server.stop(0);
  }

  private void launchAllowing(List<String> hosts) {
    platform.launch(
        platform.release(
            new Release.Contents(
                List.of(platform.service("web", "web")),
                Map.of(),
                null,
                Map.of(),
                Map.of(),
                hosts)));
  }

  @Test
  void tooLargeARequestIsRefused() {
    platform.deploy(platform.service("hello", "hello"));
    assertThat(
            platform
                .fleet
                .call(platform.app.id(), "hello", "echo", new byte[(10 << 20) + 1])
                .code())
        .isEqualTo(413);
  }

  @Test
  void guestsLinesAreInTheLogWithTheirCall() {
    platform.deploy(platform.service("hello", "hello"));
    platform.returned("hello", "count", "");
    call("hello", "trap");
    List<LogLine> lines = platform.logs.read(platform.app.id(), 0, 10, null, null);
    assertThat(lines).extracting(LogLine::message).first().isEqualTo("counted");
    assertThat(lines.getFirst().call()).isNotEmpty();
    assertThat(lines.getLast().level()).isEqualTo(LogLine.Level.ERROR);
    assertThat(lines.getLast().message()).contains("trap trapped");
  }

  @Test
  void anUnchangedServiceKeepsItsInstancesAcrossReleases() {
    platform.deploy(platform.service("hello", "hello"), platform.service("front", "front"));
    platform.returned("hello", "count", "");

    platform.deploy(platform.service("hello", "hello"));

    assertThat(platform.returned("hello", "count", "")).isEqualTo("2");
    assertThat(call("front", "relay").code()).isEqualTo(404);
  }

  @Test
  void aChangedServiceBeginsAnew() {
    platform.deploy(platform.service("hello", "hello"));
    platform.returned("hello", "count", "");

    platform.deploy(platform.service("hello", "hello-changed"));

    assertThat(platform.returned("hello", "count", "")).isEqualTo("1");
    assertThat(call("hello", "sold_out")).isEqualTo(new CallOutcome.Failed(1234, "sold up!"));
  }

  @Test
  void aCallInProgressEndsInTheReleaseThatItBeganIn() throws Exception {
    platform.deploy(
        TestPlatform.sized(platform.service("hello", "hello"), 0, 2, Duration.ofSeconds(1)));
    CompletableFuture<CallOutcome> spin =
        CompletableFuture.supplyAsync(() -> call("hello", "spin"));
    TimeUnit.MILLISECONDS.sleep(200);

    platform.deploy(platform.service("front", "front"), platform.service("hello", "hello-changed"));

    assertThat(platform.returned("front", "relay", "new")).isEqualTo("new");
    assertThat(spin.get()).isEqualTo(new CallOutcome.LimitReached(CallOutcome.Limit.TIME));
  }

  @Test
  void aServiceThatCannotStartIsNamedAndTheOldReleaseGoesOn() {
    platform.deploy(platform.service("hello", "hello"));
    Release release =
        platform.release(
            List.of(
                platform.service("hello", "hello-changed"), platform.service("dead", "stillborn")),
            Map.of());

    assertThatExceptionOfType(Problem.class)
        .isThrownBy(() -> platform.fleet.start(release))
        .satisfies(problem -> assertThat(problem.details().getFirst()).startsWith("dead: "));
    assertThat(call("hello", "sold_out")).isEqualTo(new CallOutcome.Failed(1234, "sold out"));
  }

  @Test
  void theMinimumIsKeptWarm() throws Exception {
    platform.deploy(
        TestPlatform.sized(platform.service("hello", "hello"), 3, 4, Duration.ofSeconds(10)));
    for (int i = 0; i < 100 && only().instances() < 3; i++) {
      TimeUnit.MILLISECONDS.sleep(50);
    }
    assertThat(only().instances()).isEqualTo(3);
  }

  @Test
  void restoredServicesStartWithTheirFirstCall() {
    Release live =
        platform.releases.markLive(
            platform.release(List.of(platform.service("hello", "hello")), Map.of()));

    platform.fleet.restore(List.of(live));

    assertThat(only().state()).isEqualTo(ServiceStatus.State.IDLE);
    assertThat(platform.returned("hello", "echo", "back")).isEqualTo("back");
    assertThat(only().state()).isEqualTo(ServiceStatus.State.RUNNING);
  }

  @Test
  void aNewServiceHasAnInstanceBeforeItsReleaseIsLive() {
    platform.deploy(platform.service("hello", "hello"));
    platform.deploy(platform.service("hello", "hello"), platform.service("front", "front"));
    assertThat(platform.fleet.status(platform.app.id()))
        .extracting(ServiceStatus::instances)
        .containsExactly(1, 1);
  }

  @Test
  void aRehearsalLeavesNothingBehind() {
    AppId app = new AppId(0);
    platform.fleet.rehearse(app);
    assertThat(platform.fleet.call(app, "rehearsal", "echo", new byte[] {1, 2}))
        .isInstanceOfSatisfying(
            CallOutcome.Returned.class,
            returned -> assertThat(returned.response()).containsExactly(1, 2));
    platform.fleet.stop(app);

    assertThat(platform.fleet.active(app)).isEmpty();
    platform.deploy(platform.service("hello", "hello"));
    assertThat(platform.returned("hello", "echo", "abc")).isEqualTo("abc");
    assertThat(platform.fleet.status(platform.app.id())).hasSize(1);
  }

  @Test
  void codeThatNoReleaseUsesIsCollected() {
    ReleasedService hello = platform.service("hello", "hello");
    platform.deploy(hello);
    platform.returned("hello", "echo", "abc");
    WeakReference<Code> code = new WeakReference<>(platform.code(hello));
    System.gc();
    assertThat(code.get()).as("a release uses it").isSameAs(platform.code(hello));

    platform.deploy(platform.service("hello", "hello-changed"));

    Waiting.until(() -> {
      System.gc();
      return code.get() == null;
    });
  }

  @Test
  void aStoppedAppAnswersNothing() {
    platform.deploy(platform.service("hello", "hello"));
    platform.fleet.stop(platform.app.id());
    assertThat(call("hello", "echo").code()).isEqualTo(404);
    assertThat(platform.fleet.status(platform.app.id())).isEmpty();
    assertThat(platform.fleet.active(platform.app.id())).isEmpty();
  }

  @Test
  void oneAppCannotTakeEveryThread() throws Exception {
    ReleasedService hello =
        TestPlatform.sized(platform.service("hello", "hello"), 0, 8, Duration.ofSeconds(1));
    platform.deploy(hello);
    List<CompletableFuture<CallOutcome>> spins = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      spins.add(
          CompletableFuture.supplyAsync(() -> call("hello", "spin"), Thread::startVirtualThread));
    }
    List<Integer> codes =
        spins.stream().map(CompletableFuture::join).map(CallOutcome::code).toList();
    assertThat(codes).contains(429, 408).doesNotContain(0);
    assertThat(only().instances()).isLessThanOrEqualTo(4);
  }

  private CallOutcome call(String service, String method) {
    return platform.fleet.call(platform.app.id(), service, method, new byte[0]);
  }

  private ServiceStatus only() {
    return platform.fleet.status(platform.app.id()).getFirst();
  }
}
