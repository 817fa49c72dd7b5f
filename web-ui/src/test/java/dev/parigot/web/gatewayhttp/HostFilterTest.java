package dev.parigot.web.gatewayhttp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parigot.web.testing.Client;
import dev.parigot.web.testing.Running;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Requests by the host that they name, on the whole application. */
class HostFilterTest {
  private static final String HOST = "filtered.localhost";

  private static Running platform;
  private static Client stranger;

  @BeforeAll
  static void deploy() {
    platform = Running.shared();
    stranger = platform.stranger();
    Client ada = platform.account();
    ada.create("filtered");
    ada.deploy("filtered", Path.of("../examples/hello")).mustBe(201);
  }

  @Test
  void anAppIsReachedPastSecurityAndSessions() {
    Client.Answer page = stranger.visit(HOST, "/").mustBe(200);

    assertThat(page.type()).startsWith("text/html");
    assertThat(page.headers().firstValue("Set-Cookie")).isEmpty();
    assertThat(page.headers().firstValue("Content-Security-Policy")).isEmpty();
    stranger
        .visit(HOST, "POST", "/greeter/greet", BodyPublishers.ofString("{\"name\": \"Ada\"}"))
        .mustBe(200);
  }

  @Test
  void neitherTheApiNorTheConsoleAnswersOnAnAppsHost() {
    assertThat(stranger.visit(HOST, "/api/v1/openapi.json").mustBe(404).type())
        .doesNotContain("json");
    assertThat(stranger.visit(HOST, "/login").mustBe(404).text()).doesNotContain("Vaadin");
    stranger.visit(HOST, "/git/filtered.git/info/refs?service=git-upload-pack").mustBe(404);
  }

  @Test
  void aPrivateServiceIsNotReachable() {
    stranger.visit(HOST, "POST", "/phrases/pick", BodyPublishers.ofString("{}")).mustBe(404);
  }

  @Test
  void aHostWithoutAnAppSaysSo() {
    Client.Answer answer = stranger.visit("nobodys.localhost", "/").mustBe(404);

    assertThat(answer.text()).contains("nobodys");
    assertThat(answer.type()).startsWith("text/plain");
  }

  @Test
  void theAddressOfABranchThatIsNotThereSaysWhatItIsFor() {
    for (String host : new String[] {"gone--filtered.localhost", "a--b--c.localhost"}) {
      assertThat(stranger.visit(host, "/").mustBe(404).text()).contains("staging of a branch");
    }
  }

  @Test
  void aForeignHostGetsNothingOfTheConsole() {
    for (String path : new String[] {"/", "/login", "/api/v1/openapi.json"}) {
      stranger.visit("evil.example", path).mustBe(421);
    }
  }

  @Test
  void aConnectionIsGoodForAsManyRequestsAsItsClientLikes() throws IOException {
    byte[] request =
        ("GET / HTTP/1.1\r\nHost: " + HOST + "\r\nIf-None-Match: *\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII);
    try (Socket socket = new Socket("127.0.0.1", platform.port())) {
      BufferedReader answers =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      for (int i = 0; i < 300; i++) {
        socket.getOutputStream().write(request);
        assertThat(answers.readLine()).startsWith("HTTP/1.1 304");
        assertThat(answers.lines().takeWhile(line -> !line.isEmpty()))
            .noneMatch(line -> line.equalsIgnoreCase("Connection: close"));
      }
    }
  }

  @Test
  void aBodyOverTenMebibytesIsRefusedByItsDeclaredLength() throws IOException {
    try (Socket socket = new Socket("127.0.0.1", platform.port())) {
      OutputStream out = socket.getOutputStream();
      out.write(
          ("POST /greeter/greet HTTP/1.1\r\nHost: " + HOST + "\r\nContent-Length: 10485761\r\n\r\n")
              .getBytes(StandardCharsets.US_ASCII));
      out.flush();

      String status = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);

      assertThat(status).isEqualTo("HTTP/1.1 413");
    }
  }

  @Test
  void aBodyOfUnknownLengthIsRefusedWhenItGrowsTooLarge() {
    InputStream tooLarge = new ByteArrayInputStream(new byte[RequestBodies.LIMIT + 1]);

    stranger
        .visit(HOST, "POST", "/greeter/greet", BodyPublishers.ofInputStream(() -> tooLarge))
        .mustBe(413);
  }
}
