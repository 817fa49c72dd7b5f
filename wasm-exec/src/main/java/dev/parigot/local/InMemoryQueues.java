package dev.parigot.local;

import dev.parigot.engine.CallOutcome;
import dev.parigot.history.Chronicle;
import dev.parigot.history.Event.Fate;
import dev.parigot.history.Legal;
import dev.parigot.manifest.Fifo;
import dev.parigot.manifest.Manifest;
import dev.parigot.situation.Call;
import dev.parigot.situation.Queues;
import dev.parigot.timing.Fault;
import dev.parigot.timing.Scheduler;
import dev.parigot.timing.Task;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Queues whose messages are delivered at least once, and again if that fails: in any order, but for
 * those that the manifest wants in theirs.
 */
final class InMemoryQueues implements Queues {
  private static final Duration REST = Duration.ofSeconds(1);
  private static final Duration LONGEST_REST = Duration.ofMinutes(1);
  private static final int MOST_DOUBLINGS = 6;

  private final Map<String, Manifest.Queue> queues;
  private final Scheduler scheduler;
  private final Calls calls;
  private final Witness witness;
  private final Chronicle chronicle;
  private final Map<List<String>, Deque<Delivery>> lines = new HashMap<>();
  private final Map<String, Integer> busy = new HashMap<>();
  private final Map<Integer, Integer> planned = new TreeMap<>();
  private int sent;

  InMemoryQueues(
      Map<String, Manifest.Queue> queues, Scheduler scheduler, Calls calls, Witness witness) {
    this.queues = queues;
    this.scheduler = scheduler;
    this.calls = calls;
    this.witness = witness;
    this.chronicle = witness.chronicle();
  }

  @Override
  public void send(Call caller, String queue, byte[] message) {
    Manifest.Queue declared = queues.get(queue);
    if (declared == null) {
      throw Queues.unknown(queue);
    }
    Fifo fifo = declared.fifo();
    @Nullable String key = fifo == null ? null : fifo.key(message).orElse(null);
    Delivery delivery =
        new Delivery(queue, declared, ++sent, message, caller.traceparent(), key, 1);
    chronicle.sent(caller, queue, key, delivery::number);
    note(delivery, Event.Place.WAITING);
    if (key == null) {
      deliver(delivery, Duration.ZERO);
      if (declared.attempts() > 1 && scheduler.strikes(Fault.DUPLICATE)) {
        deliver(delivery.again(), Duration.ZERO);
      }
      return;
    }
    Deque<Delivery> line = line(queue, key);
    line.add(delivery);
    if (Legal.mayDeliver(line.size() - 1)) {
      deliver(delivery, Duration.ZERO);
    }
  }

  /** The numbers of the messages that are still to be delivered. */
  List<Long> waiting() {
    Stream<Integer> inLine = lines.values().stream().flatMap(Deque::stream).map(Delivery::number);
    return Stream.concat(planned.keySet().stream(), inLine).map(Integer::longValue).toList();
  }

  /** The messages of a queue with that key, the first of which is being delivered. */
  private Deque<Delivery> line(String queue, String key) {
    return lines.computeIfAbsent(List.of(queue, key), _ -> new ArrayDeque<>());
  }

  /** It is delivered or given up: the next one of its key is delivered. */
  private void settled(Delivery delivery) {
    String key = delivery.key();
    if (key == null) {
      return;
    }
    Deque<Delivery> line = line(delivery.queue(), key);
    line.remove();
    Delivery next = line.peek();
    if (next == null) {
      lines.remove(List.of(delivery.queue(), key));
    } else {
      deliver(next, Duration.ZERO);
    }
  }

  private void note(Delivery delivery, Event.Place place) {
    witness.moved(delivery.queue(), delivery.number(), delivery.message(), place);
  }

  /**
   * @param number of the message, from 1
   * @param key of a message that is in order with others; null for none
   */
  private record Delivery(
      String queue,
      Manifest.Queue declared,
      int number,
      byte[] message,
      String traceparent,
      @Nullable String key,
      int attempt) {
    Delivery again() {
      return new Delivery(queue, declared, number, message, traceparent, key, attempt + 1);
    }
  }

  private void deliver(Delivery delivery, Duration after) {
    Manifest.Target target = delivery.declared().deliver();
    planned.merge(delivery.number(), 1, Integer::sum);
    Task task =
        scheduler.start(
            target.service(),
            "delivery " + delivery.attempt() + " of",
            delivery.queue(),
            scheduler.now() + after.toNanos(),
            room(delivery, calls.available(target.service())),
            () -> attempt(delivery, target));
    if (!Legal.mayGiveUp(delivery.attempt(), delivery.declared().attempts())) {
      task.beRepeatable();
    }
  }

  /** Whether a delivery can begin: as many as the queue allows are made at a time. */
  private BooleanSupplier room(Delivery delivery, BooleanSupplier available) {
    return () ->
        busy.getOrDefault(delivery.queue(), 0) < delivery.declared().concurrency()
            && available.getAsBoolean();
  }

  private void attempt(Delivery delivery, Manifest.Target target) {
    busy.merge(delivery.queue(), 1, Integer::sum);
    planned.computeIfPresent(delivery.number(), (_, count) -> count == 1 ? null : count - 1);
    note(delivery, Event.Place.BEING_DELIVERED);
    CallOutcome outcome;
    try {
      outcome =
          chronicle.attempt(
              delivery.queue(),
              delivery.number(),
              delivery.attempt(),
              delivery.declared().attempts(),
              () ->
                  calls.fromOutside(
                      target,
                      delivery.attempt(),
                      delivery.traceparent(),
                      null,
                      delivery.message()));
    } finally {
      busy.merge(delivery.queue(), -1, Integer::sum);
    }
    if (outcome instanceof CallOutcome.Returned && !scheduler.strikes(Fault.LOST)) {
      settle(delivery, Fate.DELIVERED, Event.Place.DELIVERED, () -> settled(delivery));
    } else if (Legal.mayGiveUp(delivery.attempt(), delivery.declared().attempts())) {
      settle(delivery, Fate.GIVEN_UP, Event.Place.GIVEN_UP, () -> giveUp(delivery));
    } else {
      settle(
          delivery,
          Fate.REPEATED,
          Event.Place.WAITING,
          () -> deliver(delivery.again(), restAfter(delivery.attempt())));
    }
  }

  private void settle(Delivery delivery, Fate fate, Event.Place place, Runnable work) {
    note(delivery, place);
    chronicle.settled(
        delivery.queue(),
        delivery.number(),
        delivery.attempt(),
        delivery.declared().attempts(),
        fate,
        work);
  }

  private void giveUp(Delivery delivery) {
    calls.tell(
        delivery.queue(),
        "a message of the queue "
            + delivery.queue()
            + " is given up after "
            + delivery.attempt()
            + " attempts");
    settled(delivery);
  }

  /** The longest that it can be in production, where it is up to half of it shorter. */
  private static Duration restAfter(int attempt) {
    Duration doubled = REST.multipliedBy(1L << Math.min(attempt - 1, MOST_DOUBLINGS));
    return doubled.compareTo(LONGEST_REST) < 0 ? doubled : LONGEST_REST;
  }
}
