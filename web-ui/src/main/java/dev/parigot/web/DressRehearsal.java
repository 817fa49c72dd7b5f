package dev.parigot.web;

import dev.parigot.account.AccountId;
import dev.parigot.app.App;
import dev.parigot.app.AppId;
import dev.parigot.app.AppName;
import dev.parigot.app.Apps;
import dev.parigot.fleet.Fleet;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Calls of an app of the platform's own, over HTTP as everybody's, before the platform says that it
 * is ready. The first thousands are interpreted, and take milliseconds each.
 */
final class DressRehearsal implements Runnable {
  /** It is nobody else's: the name is reserved. */
  private static final App STAGE =
      new App(new AppId(0), new AppName("parigot"), new AccountId(0), Instant.EPOCH);

  private static final String GOOD = "HTTP/1.1 200";
  private static final String HEAD_END = "\r\n\r\n";
  private static final int CONNECTIONS = 4;
  private static final int REQUEST_BYTES = 1024;

  /** After these the compilers have seen what there is to see. */
  private static final int REQUESTS = 40_000;

  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Apps apps;
  private final Fleet fleet;
  private final byte[] request;
  private final int port;
  private final Duration most;

  /**
   * @param most how long it lasts at most
   */
  DressRehearsal(Apps apps, Fleet fleet, Addresses addresses, int port, Duration most) {
    this.apps = apps;
    this.fleet = fleet;
    this.request = request(URI.create(addresses.of(STAGE.name())).getHost());
    this.port = port;
    this.most = most;
  }

  private static byte[] request(String host) {
    String head =
        "POST /rehearsal/echo HTTP/1.1\r\nHost: %s\r\nContent-Length: %d\r\n\r\n"
            .formatted(host, REQUEST_BYTES);
    byte[] bytes = head.getBytes(StandardCharsets.US_ASCII);
    return Arrays.copyOf(bytes, bytes.length + REQUEST_BYTES);
  }

  @Override
  public void run() {
    apps.lend(STAGE);
    fleet.rehearse(STAGE.id());
    long end = System.nanoTime() + most.toNanos();
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < CONNECTIONS; i++) {
        callers.execute(() -> call(end));
      }
    } finally {
      fleet.stop(STAGE.id());
      apps.withdraw(STAGE);
    }
  }

  private void call(long end) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout((int) PATIENCE.toMillis());
      InputStream in = new BufferedInputStream(socket.getInputStream());
      boolean well = true;
      for (int i = 0; well && i < REQUESTS / CONNECTIONS && System.nanoTime() - end < 0; i++) {
        socket.getOutputStream().write(request);
        well = isAnswered(in);
      }
    } catch (IOException e) {
      // A platform that is cold is still ready.
    }
  }

  /** Reads a response, whose body is as long as the request's. */
  private static boolean isAnswered(InputStream in) throws IOException {
    byte[] status = in.readNBytes(GOOD.length());
    int matched = 0;
    while (matched < HEAD_END.length()) {
      int next = in.read();
      if (next < 0) {
        return false;
      }
      matched = next == HEAD_END.charAt(matched) ? matched + 1 : next == '\r' ? 1 : 0;
    }
    in.skipNBytes(REQUEST_BYTES);
    return new String(status, StandardCharsets.US_ASCII).equals(GOOD);
  }
}
