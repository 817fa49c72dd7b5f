package dev.parigot.channel;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who listens to a channel, and the messages that wait for them. One who is too slow is
 * cut off after those that wait: they come again and get what is kept.
 */
public final class Listener implements AutoCloseable {
  /** What may wait for one listener: 256 messages, and 1 MiB of them. */
  private static final int MOST_WAITING = 256;

  private static final int MOST_BYTES = 1 << 20;

  private static final byte[] HEARTBEAT = ": still here\n\n".getBytes(StandardCharsets.UTF_8);

  private final Runnable leave;
  private final String beginning;
  private final Deque<Message> waiting = new ArrayDeque<>();
  private volatile BooleanSupplier admitted = () -> true;
  private int bytes;
  private boolean doubted;
  private boolean ended;
  private boolean gone;

  /**
   * @param beginning the position that they begin at
   * @param leave is run when they have gone
   */
  Listener(Position beginning, Runnable leave) {
    this.beginning = beginning.toString();
    this.leave = leave;
  }

  /** Hands a message over without waiting; false if they are cut off, now or before. */
  synchronized boolean offer(Message message) {
    if (ended) {
      return false;
    }
    if (waiting.size() == MOST_WAITING || bytes + message.content().length > MOST_BYTES) {
      end();
      return false;
    }
    waiting.add(message);
    bytes += message.content().length;
    notifyAll();
    return true;
  }

  /** What is kept comes first, however much it is. */
  synchronized void begin(Message message) {
    waiting.add(message);
    bytes += message.content().length;
  }

  /** Lets them hear messages for as long as that is true. */
  void admitWhile(BooleanSupplier condition) {
    admitted = condition;
  }

  /** Has them asked at once, whether they may still listen. */
  synchronized void doubt() {
    doubted = true;
    notifyAll();
  }

  /** Nothing more will come than what waits. */
  public synchronized void end() {
    ended = true;
    notifyAll();
  }

  /**
   * Writes events until the listener is ended, may listen no more, or the other side goes away,
   * which is an {@code IOException}; in between, a sign of life each {@code heartbeat}.
   */
  public void copyTo(OutputStream out, Duration heartbeat)
      throws IOException, InterruptedException {
    copyTo(out, heartbeat, Message::event);
  }

  /**
   * The same, with events of another kind than pages get.
   *
   * @param event a message as one
   */
  public void copyTo(OutputStream out, Duration heartbeat, Function<Message, byte[]> event)
      throws IOException, InterruptedException {
    // An id without data is kept by the browser: it comes again from there.
    String begin = "retry: 1000\nid: " + beginning + "\n\n";
    out.write(begin.getBytes(StandardCharsets.UTF_8));
    out.flush();
    while (true) {
      Message next = next(heartbeat);
      if (next == null && ended()) {
        return;
      }
      do {
        if (!admitted.getAsBoolean()) {
          out.flush();
          return;
        }
        out.write(next == null ? HEARTBEAT : event.apply(next));
        next = poll();
      } while (next != null);
      out.flush();
    }
  }

  private synchronized boolean ended() {
    return ended;
  }

  /** The next message, or null if none came in time, none will, or there is a doubt. */
  private synchronized @Nullable Message next(Duration patience) throws InterruptedException {
    long until = System.nanoTime() + patience.toNanos();
    while (waiting.isEmpty() && !ended && !doubted) {
      long left = until - System.nanoTime();
      if (left <= 0) {
        return null;
      }
      wait(left / 1_000_000, (int) (left % 1_000_000));
    }
    doubted = false;
    return poll();
  }

  private synchronized @Nullable Message poll() {
    Message next = waiting.poll();
    if (next != null) {
      bytes -= next.content().length;
    }
    return next;
  }

  /** They have gone. */
  @Override
  public void close() {
    end();
    synchronized (this) {
      if (gone) {
        return;
      }
      gone = true;
    }
    leave.run();
  }
}
