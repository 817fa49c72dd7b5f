package dev.parigot.web.gatewayhttp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parigot.web.testing.Client;
import dev.parigot.web.testing.Running;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that are slow, break off, or come in floods, and the others, who must not notice. */
@Timeout(60)
class BadClientsTest {
  private static int apps;

  private final Running platform = Running.shared();
  private final Client ada = platform.account();
  private final String app = "bad-clients-" + apps++;
  private final List<Socket> clients = new ArrayList<>();

  @BeforeEach
  void deployTheApp() {
    ada.create(app);
    ada.deploy(app, Path.of("../examples/hello")).mustBe(201);
    greet("Ada").mustBe(200);
  }

  @AfterEach
  void goAway() {
    clients.forEach(BadClientsTest::end);
  }

  @Test
  void headsThatComeByteByByteHoldNobodyUp() {
    List<Socket> slow = connect(300);
    byte[] head = head(10).getBytes(StandardCharsets.US_ASCII);

    for (int i = 0; i < 40; i++) {
      for (Socket client : slow) {
        send(client, new byte[] {head[i]});
      }
      assertOthersAreServed();
    }
  }

  @Test
  void bodiesThatComeByteByByteHoldNobodyUp() {
    List<Socket> slow = connect(300);
    slow.forEach(client -> send(client, head(1000)));

    for (int i = 0; i < 20; i++) {
      slow.forEach(client -> send(client, " "));
      assertOthersAreServed();
    }
  }

  @Test
  void aBodyThatBreaksOffIsNoRequest() throws Exception {
    for (String half : List.of("{\"name\": \"Half\"}", "")) {
      Socket client = connect(1).getFirst();
      send(client, head(100) + half);
      client.shutdownOutput();

      assertThat(new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .doesNotStartWith("HTTP/1.1 2");
    }

    greet("Whole").mustBe(200);
    String log = ada.get("apps/" + app + "/logs").mustBe(200).text();
    assertThat(log).contains("Whole").doesNotContain("Half");
  }

  @Test
  void aFloodOfConnectionsHoldsNobodyUp() {
    for (int i = 0; i < 5; i++) {
      var _ = connect(200);
      assertOthersAreServed();
    }
  }

  @Test
  void whatIsNoHttpIsAnsweredAsSuchAndEnds() throws Exception {
    Random random = new Random(1);
    for (int i = 0; i < 50; i++) {
      byte[] noise = new byte[1 + random.nextInt(400)];
      random.nextBytes(noise);
      Socket client = connect(1).getFirst();
      send(client, noise);
      client.shutdownOutput();

      String answer = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answer.isEmpty() || answer.startsWith("HTTP/1.1 400")).as(answer).isTrue();
    }
    assertOthersAreServed();
  }

  private void assertOthersAreServed() {
    long begin = System.nanoTime();
    greet("Ada").mustBe(200);
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
  }

  private List<Socket> connect(int count) {
    List<Socket> connected = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        connected.add(new Socket("127.0.0.1", platform.port()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      clients.addAll(connected);
    }
    return connected;
  }

  private String head(int length) {
    return "POST /greeter/greet HTTP/1.1\r\nHost: %s.localhost\r\nContent-Length: %d\r\n\r\n"
        .formatted(app, length);
  }

  private static void send(Socket client, String text) {
    send(client, text.getBytes(StandardCharsets.UTF_8));
  }

  private static void send(Socket client, byte[] bytes) {
    try {
      client.getOutputStream().write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void end(Socket client) {
    try {
      client.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Client.Answer greet(String name) {
    return platform
        .stranger()
        .visit(
            app + ".localhost",
            "POST",
            "/greeter/greet",
            BodyPublishers.ofString("{\"name\": \"" + name + "\"}"));
  }
}
