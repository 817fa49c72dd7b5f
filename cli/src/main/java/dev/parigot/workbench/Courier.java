package dev.parigot.workbench;

import dev.parigot.engine.CallOutcome;
import dev.parigot.manifest.Fifo;
import dev.parigot.manifest.Manifest;
import dev.parigot.situation.Call;
import dev.parigot.situation.Queues;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the messages that services send, and brings each to the method that it is for until that
 * has taken it: at least once. Thread-safe.
 */
final class Courier {
  private static final Duration REST = Duration.ofSeconds(1);
  private static final Duration LONGEST_REST = Duration.ofMinutes(1);
  private static final int MOST_DOUBLINGS = 6;

  private final Store store;
  private final MVMap<Long, byte[]> messages;
  private final InstantSource clock;
  private final Executor guests;
  private final Journal journal;
  private final Supplier<@Nullable Version> versions;
  private final Set<Long> underway = new HashSet<>();
  private final Map<String, Integer> busy = new HashMap<>();

  /**
   * @param versions enters the version that runs; null if none does
   */
  Courier(
      Store store,
      InstantSource clock,
      Executor guests,
      Journal journal,
      Supplier<@Nullable Version> versions) {
    this.store = store;
    this.messages = store.messages();
    this.clock = clock;
    this.guests = guests;
    this.journal = journal;
    this.versions = versions;
  }

  /** The queues of a manifest. */
  Queues queues(Map<String, Manifest.Queue> declared) {
    return (caller, queue, message) -> {
      if (!declared.containsKey(queue)) {
        throw Queues.unknown(queue);
      }
      send(caller, queue, message);
    };
  }

  private void send(Call caller, String queue, byte[] content) {
    synchronized (this) {
      Long last = messages.lastKey();
      put(
          last == null ? 1 : last + 1,
          new Message(queue, caller.traceparent(), 1, clock.instant(), content));
    }
    look();
  }

  private void put(long id, Message message) {
    messages.put(id, message.bytes());
    store.commit();
  }

  /** Begins to deliver what is due. To be called now and then. */
  synchronized void look() {
    Version version = versions.get();
    if (version == null) {
      return;
    }
    try {
      Set<List<String>> lines = new HashSet<>();
      for (Map.Entry<Long, byte[]> each : messages.entrySet()) {
        Message message = Message.of(each.getValue());
        Manifest.Queue declared = version.manifest().queues().get(message.queue());
        if (declared != null && isFirst(declared, message, lines)) {
          look(each.getKey(), message, declared);
        }
      }
    } finally {
      version.leave();
    }
  }

  private void look(long id, Message message, Manifest.Queue declared) {
    if (!underway.contains(id)
        && !message.due().isAfter(clock.instant())
        && busy.getOrDefault(message.queue(), 0) < declared.concurrency()) {
      begin(id, message);
    }
  }

  /**
   * Whether no earlier message of its key waits or is under way.
   *
   * @param lines the queues and keys of the earlier ones; its own is added
   */
  private static boolean isFirst(
      Manifest.Queue declared, Message message, Set<List<String>> lines) {
    Fifo fifo = declared.fifo();
    return fifo == null
        || fifo.key(message.content())
            .map(key -> lines.add(List.of(message.queue(), key)))
            .orElse(true);
  }

  /** How many messages wait or are being delivered. */
  int waiting() {
    return messages.size();
  }

  private void begin(long id, Message message) {
    Version version = versions.get();
    if (version == null) {
      return;
    }
    Manifest.Queue declared = version.manifest().queues().get(message.queue());
    if (declared == null) {
      version.leave();
      return;
    }
    underway.add(id);
    busy.merge(message.queue(), 1, Integer::sum);
    // The call runs on another guest's thread; this one only waits for it.
    guests.execute(() -> {
      try {
        deliver(version, declared, id, message);
      } finally {
        version.leave();
        ended(id, message.queue());
      }
      look();
    });
  }

  private synchronized void ended(long id, String queue) {
    underway.remove(id);
    busy.merge(queue, -1, Integer::sum);
  }

  private void deliver(Version version, Manifest.Queue declared, long id, Message message) {
    Manifest.Target target = declared.deliver();
    CallOutcome outcome =
        version.calls().ofMessage(target.service(), target.method(), message).outcome();
    if (outcome instanceof CallOutcome.Returned) {
      remove(id);
    } else if (message.attempt() < declared.attempts()) {
      put(id, message.again(clock.instant().plus(restAfter(message.attempt()))));
    } else {
      remove(id);
      journal.log(
          "parigot",
          4,
          "a message of the queue %s is given up after %s: %s"
              .formatted(
                  message.queue(),
                  message.attempt() == 1 ? "1 attempt" : message.attempt() + " attempts",
                  new Mishap(target.service(), target.method(), outcome).text()));
    }
  }

  private void remove(long id) {
    messages.remove(id);
    store.commit();
  }

  /** As in production. */
  private static Duration restAfter(int attempt) {
    Duration doubled = REST.multipliedBy(1L << Math.min(attempt - 1, MOST_DOUBLINGS));
    return doubled.compareTo(LONGEST_REST) < 0 ? doubled : LONGEST_REST;
  }
}
