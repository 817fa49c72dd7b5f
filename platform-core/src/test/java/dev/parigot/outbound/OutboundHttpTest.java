package dev.parigot.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.parigot.app.AppId;
import dev.parigot.http.HttpResponse;
import dev.parigot.situation.Refused;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.client5.http.DnsResolver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class OutboundHttpTest {
  private static final AppId SHOP = new AppId(1);
  private static final AppId BLOG = new AppId(2);
  private static final long LONG = TimeUnit.MINUTES.toNanos(1);
  private static final long SHORT = TimeUnit.MILLISECONDS.toNanos(300);

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final OutboundHttp outbound =
      new OutboundHttp(AddressRules.allowing(List.of("127.0.0.1")), threads);
  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
  private final Set<InetSocketAddress> clients = ConcurrentHashMap.newKeySet();
  private final CountDownLatch release = new CountDownLatch(1);
  private HttpServer server;
  private String host;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
    host = "127.0.0.1:" + server.getAddress().getPort();
  }

  @AfterEach
  void close() {
    release.countDown();
    outbound.close();
    server.stop(0);
    threads.shutdownNow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    clients.add(exchange.getRemoteAddress());
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      requests.add(
          exchange.getRequestMethod()
              + " "
              + exchange.getRequestURI()
              + " "
              + exchange.getRequestHeaders().getFirst("Host")
              + " "
              + exchange.getRequestHeaders().get("X-Two")
              + " "
              + exchange.getRequestHeaders().get("User-Agent")
              + " "
              + body);
      switch (exchange.getRequestURI().getPath()) {
        case "/elsewhere" -> {
          exchange.getResponseHeaders().add("Location", "http://" + host + "/secret");
          exchange.sendResponseHeaders(302, -1);
        }
        case "/large" -> {
          exchange.sendResponseHeaders(200, 0);
          byte[] part = new byte[1 << 20];
          for (int i = 0; i < 11; i++) {
            exchange.getResponseBody().write(part);
          }
        }
        case "/never" -> await();
        case "/drip" -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write('a');
          exchange.getResponseBody().flush();
          await();
        }
        default -> {
          exchange.getResponseHeaders().add("X-Answer", "yes");
          byte[] answer = "hello".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(201, answer.length);
          exchange.getResponseBody().write(answer);
        }
      }
    }
  }

  private void await() {
    try {
      release.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aRequestIsSentAndItsResponseGiven() {
    HttpResponse response =
        sent(
            "POST http://"
                + host
                + "/a/b?c=d%20e HTTP/1.1\r\nHost: ignored\r\nX-Two: 1\r\nX-Two: 2\r\n"
                + "Content-Length: 4\r\n\r\nbody");
    assertThat(response.status()).isEqualTo(201);
    assertThat(response.headers().first("X-Answer")).contains("yes");
    assertThat(response.body()).isEqualTo("hello".getBytes(StandardCharsets.UTF_8));
    assertThat(requests).containsExactly("POST /a/b?c=d%20e " + host + " [1, 2] null body");
  }

  @Test
  void aConnectionIsKeptForTheNextRequest() {
    sent(get("/"));
    sent(get("/"));
    assertThat(clients).hasSize(1);
  }

  @Test
  void redirectsAreNotFollowed() {
    HttpResponse response = sent(get("/elsewhere"));
    assertThat(response.status()).isEqualTo(302);
    assertThat(response.headers().first("Location")).contains("http://" + host + "/secret");
    assertThat(requests).hasSize(1);
  }

  @Test
  void whatIsNoRequestIsRefused() {
    for (String message :
        List.of(
            "",
            "hello",
            "GET /path HTTP/1.1\r\nHost: " + host + "\r\n\r\n",
            "GET ftp://" + host + "/ HTTP/1.1\r\n\r\n",
            "GET http:/// HTTP/1.1\r\n\r\n",
            "GET http://user:secret@" + host + "/ HTTP/1.1\r\n\r\n",
            "GET http://localhost:99999/ HTTP/1.1\r\n\r\n",
            "GET http://localhost:2147483648/ HTTP/1.1\r\n\r\n",
            "CONNECT http://" + host + "/ HTTP/1.1\r\n\r\n")) {
      assertThat(refused(List.of(host), message, LONG)).as(message).isEqualTo(400);
    }
  }

  @Test
  void aHostThatTheManifestDoesNotAllowIsRefused() {
    assertThat(refused(List.of(), get("/"), LONG)).isEqualTo(403);
    assertThat(refused(List.of("api.example.org"), get("/"), LONG)).isEqualTo(403);
    assertThat(refused(List.of("127.0.0.1:1"), get("/"), LONG)).isEqualTo(403);
    assertThat(HttpResponse.read(send(List.of("127.0.0.1"), get("/"), LONG), "GET").status())
        .isEqualTo(201);
    assertThat(requests).hasSize(1);
  }

  @Test
  void aHostWhoseNameLeadsToAPrivateAddressIsRefused() {
    DnsResolver names = names(InetAddress.getLoopbackAddress());
    OutboundHttp strict =
        new OutboundHttp(new CheckedNames(AddressRules.publicOnly(), names), threads);
    String url = "http://api.example.org:" + server.getAddress().getPort() + "/";
    assertThat(
            refusal(() ->
                strict.send(
                    SHOP,
                    List.of("api.example.org"),
                    utf8("GET " + url + " HTTP/1.1\r\n\r\n"),
                    LONG)))
        .isEqualTo(403);
    assertThat(refusal(() -> strict.send(SHOP, List.of("127.0.0.1"), utf8(get("/")), LONG)))
        .isEqualTo(403);
    assertThat(requests).isEmpty();
    strict.close();
  }

  @Test
  void aHostThatCannotBeReachedIsABadGateway() throws IOException {
    int unused;
    try (ServerSocket socket = new ServerSocket(0)) {
      unused = socket.getLocalPort();
    }
    String message = "GET http://127.0.0.1:" + unused + "/ HTTP/1.1\r\n\r\n";
    assertThat(refused(List.of("127.0.0.1"), message, LONG)).isEqualTo(502);
  }

  @Test
  void aServerThatIsLateIsCutOffAtTheDeadline() {
    assertThat(refused(List.of(host), get("/never"), SHORT)).isEqualTo(504);
    assertThat(refused(List.of(host), get("/drip"), SHORT)).isEqualTo(504);
    assertThat(refused(List.of(host), get("/"), 0)).isEqualTo(504);
  }

  @Test
  void whoWasCutOffLeavesItsPlaceToOthers() {
    for (int i = 0; i < AppConnections.MOST + 1; i++) {
      assertThat(refused(List.of(host), get("/drip"), SHORT)).isEqualTo(504);
    }
    assertThat(statusOf(SHOP, get("/"))).isEqualTo(201);
  }

  @Test
  void aNameThatIsNeverFoundHoldsOnlyItsApp() {
    DnsResolver stuck =
        new DnsResolver() {
          @Override
          public InetAddress[] resolve(String name) {
            if (name.equals("stuck.example.org")) {
              // As the system's does: deaf to interrupts.
              boolean released = false;
              while (!released) {
                try {
                  release.await();
                  released = true;
                } catch (InterruptedException e) {
                  released = false;
                }
              }
            }
            return new InetAddress[] {InetAddress.getLoopbackAddress()};
          }

          @Override
          public String resolveCanonicalHostname(String name) {
            return name;
          }
        };
    OutboundHttp slow = new OutboundHttp(stuck, threads);
    List<String> allowed = List.of("stuck.example.org", "good.example.org");
    byte[] request = utf8("GET http://stuck.example.org/ HTTP/1.1\r\n\r\n");
    String good = "http://good.example.org:" + server.getAddress().getPort() + "/";
    for (int i = 0; i < AppConnections.MOST; i++) {
      assertThat(refusal(() -> slow.send(SHOP, allowed, request, SHORT / 10))).isEqualTo(504);
    }
    byte[] response = slow.send(BLOG, allowed, utf8("GET " + good + " HTTP/1.1\r\n\r\n"), LONG);
    assertThat(HttpResponse.read(response, "GET").status()).isEqualTo(201);
    release.countDown();
    slow.close();
  }

  @Test
  void aResponseThatIsTooLargeIsRefused() {
    assertThat(refused(List.of(host), get("/large"), LONG)).isEqualTo(413);
  }

  @Test
  void anAppHasItsOwnFewConnections() throws Exception {
    List<Future<Integer>> hanging = new ArrayList<>();
    for (int i = 0; i < AppConnections.MOST; i++) {
      hanging.add(threads.submit(() -> statusOf(SHOP, get("/never"))));
    }
    while (requests.size() < AppConnections.MOST) {
      TimeUnit.MILLISECONDS.sleep(5);
    }
    assertThat(refused(List.of(host), get("/"), SHORT)).as("no connection is free").isEqualTo(504);
    assertThat(statusOf(BLOG, get("/"))).isEqualTo(201);
    outbound.forget(SHOP);
    for (Future<Integer> each : hanging) {
      assertThat(each.get()).isEqualTo(502);
    }
    assertThat(statusOf(SHOP, get("/"))).isEqualTo(201);
  }

  @Test
  void aNameIsLookedUpOnceForARequest() {
    AtomicInteger lookups = new AtomicInteger();
    DnsResolver changing =
        new DnsResolver() {
          @Override
          public InetAddress[] resolve(String name) {
            // Public when it is asked first, as a rebinding server does, and private after.
            return new InetAddress[] {
              lookups.getAndIncrement() == 0
                  ? InetAddress.ofLiteral("127.0.0.1")
                  : InetAddress.ofLiteral("127.0.0.2")
            };
          }

          @Override
          public String resolveCanonicalHostname(String name) {
            return name;
          }
        };
    OutboundHttp checking =
        new OutboundHttp(
            new CheckedNames(AddressRules.allowing(List.of("127.0.0.1")), changing), threads);
    String url = "http://api.example.org:" + server.getAddress().getPort() + "/";
    byte[] response =
        checking.send(
            SHOP, List.of("api.example.org"), utf8("GET " + url + " HTTP/1.1\r\n\r\n"), LONG);
    assertThat(HttpResponse.read(response, "GET").status()).isEqualTo(201);
    assertThat(lookups).hasValue(1);
    checking.close();
  }

  private static DnsResolver names(InetAddress address) {
    return new DnsResolver() {
      @Override
      public InetAddress[] resolve(String name) {
        return new InetAddress[] {address};
      }

      @Override
      public String resolveCanonicalHostname(String name) {
        return name;
      }
    };
  }

  private String get(String path) {
    return "GET http://" + host + path + " HTTP/1.1\r\n\r\n";
  }

  private HttpResponse sent(String message) {
    return HttpResponse.read(send(List.of(host), message, LONG), "GET");
  }

  private byte[] send(List<String> allowed, String message, long nanos) {
    return outbound.send(SHOP, allowed, utf8(message), nanos);
  }

  private int statusOf(AppId app, String message) {
    try {
      return HttpResponse.read(outbound.send(app, List.of(host), utf8(message), LONG), "GET")
          .status();
    } catch (Refused e) {
      return e.code();
    }
  }

  private int refused(List<String> allowed, String message, long nanos) {
    return refusal(() -> send(allowed, message, nanos));
  }

  private static int refusal(Runnable send) {
    try {
      send.run();
      return 0;
    } catch (Refused e) {
      return e.code();
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
