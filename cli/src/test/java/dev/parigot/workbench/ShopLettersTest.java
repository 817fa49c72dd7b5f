package dev.parigot.workbench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example shop sends its letters through a service elsewhere, which is here for now. */
class ShopLettersTest {
  private static final Path SHOP = Path.of("../examples/shop");

  private record Request(String authorization, String idempotencyKey, String body) {}

  @TempDir Path folder;

  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private HttpServer mail;

  @BeforeEach
  void openTheMailService() throws IOException {
    mail = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    mail.createContext("/emails", this::takeAtTheSecondAttempt);
    mail.start();
  }

  @AfterEach
  void closeTheMailService() {
    mail.stop(0);
  }

  private void takeAtTheSecondAttempt(HttpExchange exchange) throws IOException {
    try (exchange) {
      requests.add(
          new Request(
              exchange.getRequestHeaders().getFirst("Authorization"),
              exchange.getRequestHeaders().getFirst("Idempotency-Key"),
              new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
      exchange.sendResponseHeaders(requests.size() == 1 ? 500 : 200, -1);
    }
  }

  @Test
  void anOrdersLetterIsSentAndAgainAsTheSameOneIfThatFails() throws Exception {
    copyTheShop();
    try (LocalRun run = LocalRun.of(folder)) {
      assertThat(
              run.post(
                      "/cart/add", "{\"cart\": \"cart-0001\", \"sku\": \"beret\", \"quantity\": 2}")
                  .statusCode())
          .isEqualTo(200);
      assertThat(
              run.post(
                      "/orders/place",
                      "{\"cart\": \"cart-0001\", \"name\": \"Ada\", \"email\": \"ada@example.org\"}")
                  .statusCode())
          .isEqualTo(200);
      LocalRun.until("the letter", () -> requests.size() == 2);
    }
    Request first = requests.getFirst();
    assertThat(requests).containsOnly(first);
    assertThat(first.authorization()).isEqualTo("Bearer a-key");
    assertThat(first.body())
        .startsWith("{\"from\":\"shop@example.org\",\"to\":\"ada@example.org\"")
        .contains("order " + first.idempotencyKey(), "Bonjour Ada", "2 x ");
  }

  private void copyTheShop() throws IOException {
    try (Stream<Path> files = Files.walk(SHOP)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = folder.resolve(SHOP.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
    String here = "localhost:" + mail.getAddress().getPort();
    Path manifest = folder.resolve("parigot.toml");
    Files.writeString(
        manifest,
        Files.readString(manifest)
                .replace("\"api.resend.com\"", "\"" + here + "\"")
                .replace("https://api.resend.com/", "http://" + here + "/")
            + "\n[config.local]\nMAIL_KEY = \"a-key\"\n");
  }
}
