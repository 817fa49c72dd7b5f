package dev.parigot.e2e;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** A server that knows files, headers that it sends with each, and nothing else. */
final class StaticHost implements AutoCloseable {
  private final HttpServer server;
  private final List<String> requests = new CopyOnWriteArrayList<>();

  StaticHost(Path folder, Map<String, String> headers) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server
        .createContext("/", SimpleFileServer.createFileHandler(folder.toAbsolutePath().normalize()))
        .getFilters()
        .add(
            Filter.beforeHandler(
                "notes requests, and adds headers",
                exchange -> {
                  requests.add(
                      exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath());
                  headers.forEach(exchange.getResponseHeaders()::set);
                }));
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  String url() {
    return "http://localhost:" + server.getAddress().getPort() + "/";
  }

  /** What it was asked for since it was last asked for that. */
  List<String> requests() {
    List<String> copy = List.copyOf(requests);
    requests.clear();
    return copy;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
