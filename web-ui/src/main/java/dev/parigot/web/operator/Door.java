package dev.parigot.web.operator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.parigot.backup.Backup;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A way into a running platform for whoever may read its data folder: a port of its own on the
 * loopback, which is in no proxy's reach, and a secret. Both are in the file {@code operator} of
 * that folder while the platform runs.
 */
public final class Door implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Door.class);
  private static final String BACKUP = "/backup";
  private static final int SECRET_BYTES = 32;

  private final Path file;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final String authorization;

  private Door(Path file, HttpServer server, String secret) {
    this.file = file;
    this.server = server;
    this.authorization = "Bearer " + secret;
  }

  /** Opens it, and writes down where it is. */
  public static Door open(Path file, Backup backup, SecureRandom random) {
    byte[] secret = new byte[SECRET_BYTES];
    random.nextBytes(secret);
    String text = HexFormat.of().formatHex(secret);
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      Door door = new Door(file, server, text);
      server.setExecutor(door.threads);
      server.createContext(BACKUP, exchange -> door.answer(exchange, backup));
      server.start();
      write(file, server.getAddress().getPort() + "\n" + text + "\n");
      return door;
    } catch (IOException e) {
      throw new UncheckedIOException("the operator's port can't be opened", e);
    }
  }

  /** The request of a backup by whoever may read that file. */
  static HttpRequest backup(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    if (lines.size() != 2) {
      throw new IOException(file + " does not say where the platform is");
    }
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + lines.getFirst() + BACKUP))
        .header("Authorization", "Bearer " + lines.getLast())
        .build();
  }

  private void answer(HttpExchange exchange, Backup backup) throws IOException {
    try (exchange) {
      String given = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
      if (!MessageDigest.isEqual(
          given.getBytes(StandardCharsets.UTF_8), authorization.getBytes(StandardCharsets.UTF_8))) {
        exchange.sendResponseHeaders(401, -1);
        return;
      }
      exchange.getResponseHeaders().set("Content-Type", "application/zip");
      exchange.sendResponseHeaders(200, 0);
      // Not closed if it fails: then the answer breaks off, and is no backup.
      OutputStream body = exchange.getResponseBody();
      try {
        backup.save(body);
        body.close();
        log.info("A backup was made");
      } catch (IOException | RuntimeException e) {
        log.error("A backup failed", e);
      }
    }
  }

  private static void write(Path file, String text) throws IOException {
    Files.deleteIfExists(file);
    try {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } catch (UnsupportedOperationException e) {
      Files.createFile(file); // A file system without such permissions.
    }
    Files.writeString(file, text);
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      log.warn("{} could not be removed", file, e);
    }
    server.stop(0);
    // Not interrupted: that would close the embedded database under those who still use it.
    threads.shutdown();
  }
}
