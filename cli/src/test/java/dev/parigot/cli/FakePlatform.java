package dev.parigot.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server that answers what a test says, and remembers what it was asked. */
final class FakePlatform implements AutoCloseable {
  /** What it was asked: method and path below the API, who asked, and with what body. */
  record Asked(String call, String authorization, String host, String body) {}

  private record Answer(int status, String type, String body) {}

  private final HttpServer server;
  private final Map<String, Answer> answers = new HashMap<>();
  private final Set<String> once = new HashSet<>();
  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private String version = Version.OWN;

  FakePlatform() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/api/v1/", this::handle);
    server.start();
  }

  String url() {
    return "http://localhost:" + port();
  }

  int port() {
    return server.getAddress().getPort();
  }

  FakePlatform answers(String call, int status, String json) {
    answers.put(
        call,
        new Answer(status, status < 300 ? "application/json" : "application/problem+json", json));
    return this;
  }

  FakePlatform streams(String call, String events) {
    answers.put(call, new Answer(200, "text/event-stream", events));
    return this;
  }

  /** Streams once, and knows no such thing from then on. */
  FakePlatform streamsOnce(String call, String events) {
    once.add(call);
    return streams(call, events);
  }

  FakePlatform version(String other) {
    version = other;
    return this;
  }

  List<Asked> asked() {
    return asked;
  }

  List<String> calls() {
    return asked.stream().map(Asked::call).toList();
  }

  private void handle(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().toString().replaceFirst("/api/v1/", "");
    String call = exchange.getRequestMethod() + " " + path;
    asked.add(
        new Asked(
            call,
            String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")),
            String.valueOf(exchange.getRequestHeaders().getFirst("Host")),
            new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
    Answer answer =
        answers.getOrDefault(
            call,
            new Answer(404, "application/problem+json", "{\"status\":404,\"detail\":\"No.\"}"));
    if (once.contains(call)) {
      answers.remove(call);
    }
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", answer.type());
    exchange.getResponseHeaders().set("Parigot-Version", version);
    exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
