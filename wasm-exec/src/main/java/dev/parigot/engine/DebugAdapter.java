package dev.parigot.engine;

import dev.parigot.debug.Frames;
import dev.parigot.debug.Line;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.graalvm.polyglot.Engine;
import org.jspecify.annotations.Nullable;

/**
 * GraalVM's debug adapter in an engine, and the line to it. The adapter listens on a free port of
 * the loopback address, which it says in its output alone, and takes one client in its life. That
 * is this one, ahead of any guest: functions that have run before there was a client can't be
 * debugged any more.
 */
final class DebugAdapter implements Line {
  private static final System.Logger LOG = System.getLogger(DebugAdapter.class.getName());
  private static final Pattern LISTENS = Pattern.compile("listening on \\S*:(\\d+)\\s");
  private static final int LONGEST_ANNOUNCEMENT = 10_000;

  /** In the answer to what is asked here, and not by a debugger. */
  private static final Pattern OURS = Pattern.compile("\"request_seq\":0[,}]");

  private static final byte[] ASK = request("threads");
  private static final byte[] LEAVE = request("disconnect");
  private static final long PATIENCE_SECONDS = 2;

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private final AtomicBoolean leaving = new AtomicBoolean();
  private final CountDownLatch left = new CountDownLatch(1);
  private final CountDownLatch hungUp = new CountDownLatch(1);

  private DebugAdapter(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream());
    this.out = socket.getOutputStream();
  }

  /** What it writes to the output of its engine. */
  static final class Announcement extends OutputStream {
    private final StringBuilder text = new StringBuilder();

    @Override
    public void write(int value) {
      write(new byte[] {(byte) value}, 0, 1);
    }

    /** Later than the port that are messages which its client gets, too. */
    @Override
    public synchronized void write(byte[] bytes, int from, int length) {
      if (text.length() < LONGEST_ANNOUNCEMENT) {
        text.append(new String(bytes, from, length, StandardCharsets.UTF_8));
      }
    }

    private synchronized int port() {
      Matcher listens = LISTENS.matcher(text);
      if (!listens.find()) {
        throw new EngineUnavailable("The debug adapter did not start: " + text);
      }
      return Integer.parseInt(listens.group(1));
    }
  }

  /** Has one started with an engine. */
  static Announcement startWith(Engine.Builder engine) {
    Announcement announcement = new Announcement();
    engine
        .option("dap", "127.0.0.1:0")
        .option("dap.Suspend", "false")
        .option("dap.WaitAttached", "false")
        .out(announcement)
        .err(announcement);
    return announcement;
  }

  /** Connects to the one that was started. */
  static DebugAdapter connect(Announcement announcement) {
    try {
      DebugAdapter adapter =
          new DebugAdapter(new Socket(InetAddress.getLoopbackAddress(), announcement.port()));
      adapter.awaitReady();
      return adapter;
    } catch (IOException e) {
      throw new EngineUnavailable("The debug adapter can't be reached: " + e);
    }
  }

  /** By an answer to something that changes nothing. */
  private void awaitReady() throws IOException {
    write(ASK);
    byte[] message = read();
    while (message != null && !isOurs(message)) {
      message = read();
    }
    if (message == null) {
      throw new IOException("it hung up");
    }
  }

  private static boolean isOurs(byte[] answer) {
    return OURS.matcher(new String(answer, StandardCharsets.UTF_8)).find();
  }

  private static byte[] request(String command) {
    return "{\"seq\":0,\"type\":\"request\",\"command\":\"%s\",\"arguments\":{}}"
        .formatted(command)
        .getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public byte @Nullable [] read() throws IOException {
    byte[] message = null;
    try {
      message = Frames.read(in);
    } finally {
      if (message == null) {
        left.countDown();
        hungUp.countDown();
      } else if (leaving.get() && isOurs(message)) {
        left.countDown();
      }
    }
    return message;
  }

  @Override
  public void write(byte[] message) throws IOException {
    Frames.write(out, message);
  }

  @Override
  public void leave() {
    try {
      if (!leaving.getAndSet(true)) {
        write(LEAVE);
      }
      await(left);
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "The debug adapter has hung up", e);
    }
  }

  /**
   * To be called before the engine is closed: that fails while an adapter has its client, or speaks
   * to one that is gone.
   */
  @Override
  public void close() {
    leave();
    try {
      socket.shutdownOutput();
      await(hungUp);
      socket.close();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "The debug adapter has hung up", e);
    }
  }

  private static void await(CountDownLatch event) {
    try {
      if (!event.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        LOG.log(System.Logger.Level.WARNING, "The debug adapter doesn't let go");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
