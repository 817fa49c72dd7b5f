package dev.parigot.debug;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where debuggers come to the guests of an app: one at a time, one after the other. The side of the
 * guests takes one in its life; when that has left, it is to be replaced.
 */
public final class DebugPort implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(DebugPort.class.getName());
  private static final byte[] BUSY =
      utf8(
          """
          {"seq":1,"type":"event","event":"output","body":{"category":"important","output":\
          "Another debugger is attached to this app.\\n"}}\
          """);
  private static final byte[] MOVED =
      utf8("{\"seq\":0,\"type\":\"event\",\"event\":\"terminated\",\"body\":{\"restart\":true}}");
  private static final byte[] ENDED =
      utf8("{\"seq\":0,\"type\":\"event\",\"event\":\"terminated\"}");

  private static final Pattern CAN =
      Pattern.compile("(\"supports(?:SetVariable|ConditionalBreakpoints)\":)true");

  private final ServerSocket server;
  private final Executor threads;
  private final Runnable left;

  /** To the guests that new debuggers are led to; null until there are any. */
  private @Nullable Line line;

  private @Nullable Visit visit;

  private DebugPort(ServerSocket server, Executor threads, Runnable left) {
    this.server = server;
    this.threads = threads;
    this.left = left;
  }

  /**
   * Listens on a port of the loopback address, or on any free one if that is 0. Throws {@link
   * java.net.BindException} if it is taken.
   *
   * @param threads takes one for good, one for each line, and one for each debugger
   * @param left told when a debugger has left its guests by itself; they serve no other one
   */
  public static DebugPort open(int port, Executor threads, Runnable left) throws IOException {
    ServerSocket server = new ServerSocket();
    try {
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    } catch (IOException e) {
      server.close();
      throw e;
    }
    DebugPort opened = new DebugPort(server, threads, left);
    threads.execute(opened::accept);
    return opened;
  }

  public int port() {
    return server.getLocalPort();
  }

  /**
   * Leads debuggers to these guests from now on. One that is at others is told to begin again,
   * which editors do by themselves.
   */
  public void serve(Line guests) {
    Visit before = null;
    synchronized (this) {
      if (visit != null && visit.guests != null) {
        before = visit;
        visit = null;
      }
      line = guests;
      notifyAll();
    }
    threads.execute(() -> listen(guests));
    if (before != null) {
      before.end(MOVED);
    }
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        threads.execute(() -> receive(socket));
      } catch (IOException e) {
        if (!server.isClosed()) {
          LOG.log(System.Logger.Level.WARNING, "A debugger could not come in", e);
        }
      }
    }
  }

  private void receive(Socket socket) {
    try (socket) {
      Visit next = new Visit(socket);
      Line guests = begin(next);
      if (guests == null) {
        next.tell(BUSY);
        next.tell(ENDED);
        return;
      }
      try {
        next.relay(guests);
      } finally {
        end(next, guests);
      }
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "A debugger's connection broke", e);
    }
  }

  /** The line for a debugger that came, waited for; null if there is one already. */
  private synchronized @Nullable Line begin(Visit next) {
    if (visit != null) {
      return null;
    }
    visit = next;
    try {
      while (line == null) {
        wait();
      }
      next.guests = line;
      return line;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      visit = null;
      return null;
    }
  }

  /** Lets guests go on that the debugger left paused. */
  private void end(Visit ended, Line guests) {
    boolean byItself;
    synchronized (this) {
      byItself = visit == ended && !server.isClosed();
      if (byItself) {
        visit = null;
        line = null;
      }
    }
    guests.leave();
    if (byItself) {
      left.run();
    }
  }

  /** Reads all that the guests' side says, for who is there. */
  private void listen(Line guests) {
    try {
      byte[] message = guests.read();
      while (message != null) {
        Visit listener = listener(guests);
        if (listener != null) {
          listener.tell(promised(message));
        }
        message = guests.read();
      }
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "The line to the guests broke", e);
    }
  }

  private synchronized @Nullable Visit listener(Line guests) {
    return visit != null && visit.guests == guests && visit.spoke ? visit : null;
  }

  /**
   * Without what GraalWasm can't do: it writes variables to wrong places, and knows no expressions.
   */
  private static byte[] promised(byte[] message) {
    String text = new String(message, StandardCharsets.UTF_8);
    return CAN.matcher(text).find() ? utf8(CAN.matcher(text).replaceAll("$1false")) : message;
  }

  /** Tells a debugger that is attached to end. */
  @Override
  public void close() {
    Visit last;
    synchronized (this) {
      last = visit;
    }
    try {
      server.close();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "The debuggers' port could not be closed", e);
    }
    if (last != null) {
      last.end(ENDED);
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** A debugger that has come. */
  private static final class Visit {
    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    /** To whom it was led. */
    private @Nullable Line guests;

    /** Before that, nothing may be said to it. */
    private volatile boolean spoke;

    Visit(Socket socket) throws IOException {
      this.socket = socket;
      this.in = new BufferedInputStream(socket.getInputStream());
      this.out = socket.getOutputStream();
    }

    void relay(Line to) throws IOException {
      byte[] message = Frames.read(in);
      while (message != null) {
        spoke = true;
        to.write(message);
        message = Frames.read(in);
      }
    }

    /** One that doesn't hear any more is found out where it is listened to. */
    void tell(byte[] message) {
      try {
        Frames.write(out, message);
      } catch (IOException e) {
        LOG.log(System.Logger.Level.DEBUG, "A debugger doesn't hear", e);
      }
    }

    void end(byte[] word) {
      tell(word);
      try {
        socket.close();
      } catch (IOException e) {
        LOG.log(System.Logger.Level.DEBUG, "A debugger's connection could not be closed", e);
      }
    }
  }
}
