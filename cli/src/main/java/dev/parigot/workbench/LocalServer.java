package dev.parigot.workbench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.parigot.channel.ChannelDoor;
import dev.parigot.channel.Listener;
import dev.parigot.engine.Limits;
import dev.parigot.gateway.Answers;
import dev.parigot.gateway.GatewayRequest;
import dev.parigot.gateway.GatewayResponse;
import dev.parigot.http.Headers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The way in over HTTP, for this machine alone. It answers to {@code localhost} and to every name
 * under it, so that no foreign name can be made to point at it.
 */
public final class LocalServer implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(LocalServer.class.getName());
  private static final int BACKLOG = 128;
  private static final Duration HEARTBEAT = Duration.ofSeconds(15);
  private static final String STATE = "/.parigot/state";

  static {
    // Else a response in two packets waits for the acknowledgement of the first: 40 ms.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final Workbench workbench;
  private final Journal journal;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /** Throws {@link java.net.BindException} if the port is in use; 0 takes a free one. */
  public LocalServer(int port, Workbench workbench, Journal journal) throws IOException {
    this.workbench = workbench;
    this.journal = journal;
    this.server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  public int port() {
    return server.getAddress().getPort();
  }

  private void handle(HttpExchange exchange) throws IOException {
    long begin = System.nanoTime();
    String target = exchange.getRequestURI().toString();
    try (exchange) {
      if (target.equals(STATE)) {
        send(exchange, Answers.text(200, Integer.toString(workbench.state())));
        return;
      }
      if (target.startsWith(ChannelDoor.PATH)) {
        listen(exchange, target, begin);
        return;
      }
      GatewayResponse response = answer(exchange, target);
      send(exchange, response);
      journal.request(
          exchange.getRequestMethod(), target, response.status(), System.nanoTime() - begin);
    }
  }

  private GatewayResponse answer(HttpExchange exchange, String target) throws IOException {
    if (isForeign(exchange)) {
      return foreign();
    }
    byte[] body = exchange.getRequestBody().readNBytes(Limits.MESSAGE_BYTES + 1);
    if (body.length > Limits.MESSAGE_BYTES) {
      exchange.getResponseHeaders().set("Connection", "close");
      return Answers.text(413, "A request has 10 MiB at most.\n");
    }
    try {
      return workbench.answer(read(exchange, target, body));
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "A request could not be answered", e);
      return Answers.text(500, "Parigot itself failed; its log says why.\n");
    }
  }

  /** The thread of a listener is a virtual one, and theirs for as long as they listen. */
  private void listen(HttpExchange exchange, String target, long begin) throws IOException {
    ChannelDoor.Answer answer =
        isForeign(exchange)
            ? new ChannelDoor.Answer.Refused(foreign())
            : workbench.listen(read(exchange, target, new byte[0]));
    int status = answer instanceof ChannelDoor.Answer.Refused(var refusal) ? refusal.status() : 200;
    journal.request(exchange.getRequestMethod(), target, status, System.nanoTime() - begin);
    switch (answer) {
      case ChannelDoor.Answer.Refused(GatewayResponse response) -> send(exchange, response);
      case ChannelDoor.Answer.Listening(Headers headers, Listener listener) -> {
        try (listener) {
          headers
              .fields()
              .forEach(field -> exchange.getResponseHeaders().add(field.name(), field.value()));
          exchange.sendResponseHeaders(200, 0);
          listener.copyTo(exchange.getResponseBody(), HEARTBEAT);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }

  private static GatewayRequest read(HttpExchange exchange, String target, byte[] body) {
    Map<String, List<String>> headers = new HashMap<>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values));
    int query = target.indexOf('?');
    return new GatewayRequest(
        exchange.getRequestMethod(),
        query < 0 ? target : target.substring(0, query),
        query < 0 ? "" : target.substring(query + 1),
        headers,
        body,
        exchange.getRemoteAddress().getAddress().getHostAddress(),
        "http://" + exchange.getRequestHeaders().getFirst("Host"),
        null);
  }

  private static boolean isForeign(HttpExchange exchange) {
    String host = exchange.getRequestHeaders().getFirst("Host");
    return host == null || !isHere(host);
  }

  private static GatewayResponse foreign() {
    return Answers.text(421, "Only names of this machine are answered to here: localhost.\n");
  }

  private static boolean isHere(String host) {
    String name = host.toLowerCase(Locale.ROOT).replaceFirst(":\\d+$", "");
    return name.equals("localhost")
        || name.endsWith(".localhost")
        || name.equals("127.0.0.1")
        || name.equals("[::1]");
  }

  private static void send(HttpExchange exchange, GatewayResponse response) throws IOException {
    response
        .headers()
        .fields()
        .forEach(field -> exchange.getResponseHeaders().add(field.name(), field.value()));
    byte[] body = response.body();
    boolean empty = body.length == 0;
    exchange.sendResponseHeaders(response.status(), empty ? -1 : body.length);
    if (!empty) {
      exchange.getResponseBody().write(body);
    }
  }

  /** Lets requests in progress end, for a second at most. */
  @Override
  public void close() {
    workbench.endListening();
    server.stop(1);
    threads.shutdown();
  }
}
