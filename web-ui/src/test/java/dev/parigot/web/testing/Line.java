package dev.parigot.web.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A line to a server of this machine that can be cut, held up, and mended. */
public final class Line implements AutoCloseable {
  private enum State {
    WHOLE,
    /** Connections end, and new ones end at once. */
    CUT,
    /** Connections stay, and nothing passes. */
    HELD,
    /** The server answers every HTTP request that it has no room. */
    FULL
  }

  private static final byte[] NO_ROOM =
      """
      HTTP/1.1 507 Insufficient Storage
      Content-Length: 0
      Connection: close

      """
          .replace("\n", "\r\n")
          .getBytes(StandardCharsets.US_ASCII);

  private final ServerSocket server;
  private final int to;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private State state = State.WHOLE;

  private Line(int to) throws IOException {
    this.to = to;
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.startVirtualThread(this::accept);
  }

  /** To that port. */
  public static Line to(int port) {
    try {
      return new Line(port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return server.getLocalPort();
  }

  public void cut() {
    set(State.CUT);
    open.forEach(Line::end);
  }

  public void hold() {
    set(State.HELD);
  }

  public void fill() {
    set(State.FULL);
    open.forEach(Line::end);
  }

  /** Lets pass what was held up, and makes new connections as before. */
  public void mend() {
    set(State.WHOLE);
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    cut();
  }

  private synchronized void set(State next) {
    state = next;
    notifyAll();
  }

  private synchronized State state() {
    return state;
  }

  private synchronized void awaitUnheld() throws InterruptedException {
    while (state == State.HELD) {
      wait();
    }
  }

  private void accept() {
    while (true) {
      try {
        Socket client = server.accept();
        Thread.startVirtualThread(() -> serve(client));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    open.add(client);
    try (client) {
      awaitUnheld();
      switch (state()) {
        case WHOLE -> connect(client);
        case FULL -> {
          // As much of the request as comes at once: the answer must not overtake its head.
          var _ = client.getInputStream().read(new byte[8192]);
          client.getOutputStream().write(NO_ROOM);
        }
        case CUT, HELD -> {}
      }
    } catch (IOException e) {
      // The line was cut.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(client);
    }
  }

  private void connect(Socket client) throws IOException {
    try (Socket far = new Socket(InetAddress.getLoopbackAddress(), to)) {
      open.add(far);
      Thread back = Thread.startVirtualThread(() -> pass(far, client));
      pass(client, far);
      back.join();
      open.remove(far);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Until one of them ends; then both do. */
  private void pass(Socket from, Socket towards) {
    byte[] part = new byte[1 << 16];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = towards.getOutputStream();
      for (int length = in.read(part); length >= 0; length = in.read(part)) {
        awaitUnheld();
        out.write(part, 0, length);
      }
    } catch (IOException e) {
      // The other end has gone, or the line was cut.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      end(from);
      end(towards);
    }
  }

  private static void end(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
