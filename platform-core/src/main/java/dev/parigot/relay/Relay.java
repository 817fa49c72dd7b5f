package dev.parigot.relay;

import dev.parigot.app.AppId;
import dev.parigot.channel.Broadcast;
import dev.parigot.channel.Listener;
import dev.parigot.channel.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings messages from node to node through a table. Who publishes never waits for it: one thread
 * writes what has gathered, in its order, and another reads what others wrote, while somebody
 * listens here. What can't be written is lost for other nodes, as a channel may lose.
 */
final class Relay implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Relay.class);

  /** What may wait to be written: 16 MiB, each message counted as a KiB at the least. */
  private static final long MOST_WAITING = 16L << 20;

  private static final int LEAST_SIZE = 1 << 10;

  /** Rows of one transaction. */
  private static final int MOST_AT_ONCE = 256;

  /** Rows of one look: fewer than may wait for one listener, who has time to send them. */
  private static final int MOST_OF_A_LOOK = 128;

  private static final Duration LOOK = Duration.ofMillis(50);
  private static final Duration CLEAN = Duration.ofSeconds(30);
  private static final Duration REST = Duration.ofSeconds(1);

  private final String node;
  private final RelayTable table;
  private final BlockingQueue<RelayTable.Row> waiting = new LinkedBlockingQueue<>();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong lost = new AtomicLong();
  private final List<Thread> threads = new ArrayList<>();

  /** The apps that are read, and how far; both guarded by this. */
  private final Set<AppId> followed = new HashSet<>();

  private long read;

  Relay(String node, RelayTable table) {
    this.node = node;
    this.table = table;
  }

  /**
   * @param broadcasts the channels of an app at this node
   */
  void begin(Function<AppId, Broadcast> broadcasts) {
    threads.add(Thread.ofVirtual().name("channels out").start(this::write));
    threads.add(Thread.ofVirtual().name("channels in").start(() -> look(broadcasts)));
  }

  /** Takes a message that was published here. */
  void pass(AppId app, String channel, Message message) {
    RelayTable.Row row =
        new RelayTable.Row(app, channel, node, message.number(), message.at(), message.content());
    if (bytes.addAndGet(size(row)) > MOST_WAITING) {
      bytes.addAndGet(-size(row));
      lost.incrementAndGet();
    } else {
      waiting.add(row);
    }
  }

  private static long size(RelayTable.Row row) {
    return Math.max(LEAST_SIZE, row.content().length);
  }

  private void write() {
    long cleaned = System.nanoTime();
    try {
      while (true) {
        RelayTable.Row first = waiting.poll(CLEAN.toMillis(), TimeUnit.MILLISECONDS);
        if (first != null) {
          List<RelayTable.Row> rows = new ArrayList<>(List.of(first));
          waiting.drainTo(rows, MOST_AT_ONCE - 1);
          write(rows);
        }
        if (System.nanoTime() - cleaned > CLEAN.toNanos()) {
          cleaned = System.nanoTime();
          attempt("Old messages of channels can't be removed", table::clean);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void write(List<RelayTable.Row> rows) throws InterruptedException {
    rows.forEach(row -> bytes.addAndGet(-size(row)));
    if (!attempt("Other nodes miss messages of channels", () -> table.write(rows))) {
      lost.addAndGet(rows.size());
      Thread.sleep(REST);
    }
    long missed = lost.getAndSet(0);
    if (missed > 0) {
      log.warn("Other nodes have missed {} messages of channels", missed);
    }
  }

  private boolean attempt(String otherwise, Runnable work) {
    try {
      work.run();
      return true;
    } catch (RuntimeException e) {
      log.warn(otherwise, e);
      return false;
    }
  }

  private void look(Function<AppId, Broadcast> broadcasts) {
    try {
      while (true) {
        boolean well = attempt("Messages of other nodes can't be read", () -> readOn(broadcasts));
        Thread.sleep(well ? LOOK : REST);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void readOn(Function<AppId, Broadcast> broadcasts) {
    followed.removeIf(app -> !broadcasts.apply(app).isHeard());
    if (followed.isEmpty()) {
      return;
    }
    long last = Math.min(table.last(), read + MOST_OF_A_LOOK);
    if (last > read) {
      table.read(node, followed, read, last).forEach(row -> tell(row, broadcasts.apply(row.app())));
      read = last;
    }
  }

  /** Lets somebody listen who hears what other nodes publish, and those before who came again. */
  synchronized Optional<Listener> listen(
      AppId app, Broadcast broadcast, String channel, @Nullable String lastEventId) {
    follow(app, broadcast);
    return broadcast.listen(channel, lastEventId);
  }

  private void follow(AppId app, Broadcast broadcast) {
    if (followed.contains(app)) {
      return;
    }
    try {
      if (followed.isEmpty()) {
        read = table.last();
      }
      table.read(node, Set.of(app), 0, read).forEach(row -> tell(row, broadcast));
    } catch (RuntimeException e) {
      log.warn("What other nodes published before can't be read", e);
    }
    followed.add(app);
  }

  private static void tell(RelayTable.Row row, Broadcast broadcast) {
    broadcast.hear(row.channel(), row.node(), row.number(), row.at(), row.content());
  }

  @Override
  public void close() {
    threads.forEach(Thread::interrupt);
  }
}
