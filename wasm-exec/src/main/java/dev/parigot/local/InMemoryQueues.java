package dev.parigot.local;

import dev.parigot.engine.CallOutcome;
import dev.parigot.manifest.Manifest;
import dev.parigot.situation.Call;
import dev.parigot.situation.Queues;
import dev.parigot.situation.Refused;
import dev.parigot.timing.Fault;
import dev.parigot.timing.Scheduler;
import dev.parigot.timing.Task;
import java.time.Duration;
import java.util.Map;

/** Queues whose messages are delivered in any order, at least once, and again if that fails. */
final class InMemoryQueues implements Queues {
  private static final Duration REST = Duration.ofSeconds(1);
  private static final Duration LONGEST_REST = Duration.ofMinutes(1);
  private static final int MOST_DOUBLINGS = 6;

  private final Map<String, Manifest.Queue> queues;
  private final Scheduler scheduler;
  private final Calls calls;

  InMemoryQueues(Map<String, Manifest.Queue> queues, Scheduler scheduler, Calls calls) {
    this.queues = queues;
    this.scheduler = scheduler;
    this.calls = calls;
  }

  @Override
  public void send(Call caller, String queue, byte[] message) {
    Manifest.Queue declared = queues.get(queue);
    if (declared == null) {
      throw new Refused(404, "The manifest has no queue " + queue + ".");
    }
    Delivery delivery = new Delivery(queue, declared, message, caller.traceparent(), 1);
    deliver(delivery, Duration.ZERO);
    if (declared.attempts() > 1 && scheduler.strikes(Fault.DUPLICATE)) {
      deliver(delivery.again(), Duration.ZERO);
    }
  }

  private record Delivery(
      String queue, Manifest.Queue declared, byte[] message, String traceparent, int attempt) {
    Delivery again() {
      return new Delivery(queue, declared, message, traceparent, attempt + 1);
    }
  }

  private void deliver(Delivery delivery, Duration after) {
    Manifest.Target target = delivery.declared().deliver();
    Task task =
        scheduler.start(
            target.service(),
            "delivery " + delivery.attempt() + " of",
            delivery.queue(),
            scheduler.now() + after.toNanos(),
            calls.available(target.service()),
            () -> attempt(delivery, target));
    if (delivery.attempt() < delivery.declared().attempts()) {
      task.beRepeatable();
    }
  }

  private void attempt(Delivery delivery, Manifest.Target target) {
    CallOutcome outcome =
        calls.fromOutside(target, delivery.attempt(), delivery.traceparent(), delivery.message());
    if (outcome instanceof CallOutcome.Returned && !scheduler.strikes(Fault.LOST)) {
      return;
    }
    if (delivery.attempt() < delivery.declared().attempts()) {
      deliver(delivery.again(), restAfter(delivery.attempt()));
    } else {
      calls.tell(
          delivery.queue(),
          "a message of the queue "
              + delivery.queue()
              + " is given up after "
              + delivery.attempt()
              + " attempts");
    }
  }

  /** As in production. */
  private static Duration restAfter(int attempt) {
    Duration doubled = REST.multipliedBy(1L << Math.min(attempt - 1, MOST_DOUBLINGS));
    return doubled.compareTo(LONGEST_REST) < 0 ? doubled : LONGEST_REST;
  }
}
