package dev.parigot.fleet;

import dev.parigot.app.AppId;
import dev.parigot.database.Database;
import dev.parigot.engine.CallOutcome;
import dev.parigot.history.Chronicle;
import dev.parigot.history.Event.Fate;
import dev.parigot.history.Legal;
import dev.parigot.manifest.Fifo;
import dev.parigot.metering.Metering;
import dev.parigot.observe.LogLine;
import dev.parigot.observe.Logs;
import dev.parigot.queue.Message;
import dev.parigot.queue.Messages;
import dev.parigot.release.Release;
import dev.parigot.situation.Call;
import dev.parigot.situation.Queues;
import dev.parigot.situation.Refused;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes the messages that services send, and brings them to the methods that they are for. */
final class Courier implements Queues {
  private static final Logger log = LoggerFactory.getLogger(Courier.class);

  /** How long after the deadline of its call a message is due again, if nobody settled it. */
  private static final Duration MARGIN = Duration.ofSeconds(30);

  /** Of one queue that are begun at a look; each goes on as long as there is something. */
  private static final int MOST_AT_ONCE = 8;

  private static final Duration LONGEST_REST = Duration.ofMinutes(1);
  private static final int MOST_DOUBLINGS = 20;

  private final Messages messages;
  private final Calls calls;
  private final Logs logs;
  private final Metering metering;
  private final Histories histories;
  private final RandomGenerator random;
  private final Duration rest;
  private final Function<AppId, @Nullable RunningDeployment> deployments;

  /**
   * @param rest after the first attempt that failed
   * @param deployments enters the active deployment of an app; null if there is none
   */
  Courier(
      Messages messages,
      Calls calls,
      Logs logs,
      Metering metering,
      Histories histories,
      RandomGenerator random,
      Duration rest,
      Function<AppId, @Nullable RunningDeployment> deployments) {
    this.messages = messages;
    this.calls = calls;
    this.logs = logs;
    this.metering = metering;
    this.histories = histories;
    this.random = random;
    this.rest = rest;
    this.deployments = deployments;
  }

  @Override
  public void send(Call caller, String queue, byte[] message) {
    Release release = calls.current().release();
    Release.Queue declared = release.contents().queues().get(queue);
    if (declared == null) {
      throw Queues.unknown(queue);
    }
    Fifo fifo = declared.fifo();
    @Nullable String key = fifo == null ? null : fifo.key(message).orElse(null);
    var _ =
        histories
            .of(release.app())
            .sent(caller, queue, key, () -> keep(release.app(), queue, message, caller, key));
    metering.sent(release.app().value(), queue);
    begin(new Messages.Queue(release.app(), queue));
  }

  private long keep(AppId app, String queue, byte[] message, Call caller, @Nullable String key) {
    try {
      return messages
          .keep(app, queue, message, caller.traceparent(), key)
          .orElseThrow(() -> new Refused(429, "The app's queues are full; try again later."));
    } catch (RuntimeException e) {
      if (Database.isOutage(e)) {
        throw new Refused(503, "The queues do not answer; try again later.");
      }
      throw e;
    }
  }

  /** Begins to deliver whatever is due. */
  void look() {
    try {
      for (Messages.Queue queue : messages.due()) {
        // Those that find nothing end at once.
        for (int i = 0; i < MOST_AT_ONCE && begin(queue); i++) {}
      }
    } catch (RuntimeException e) {
      log.warn("The queues could not be looked at", e);
    }
  }

  /** Begins to deliver what the queue has, beside those who do; false if that may be no more. */
  private boolean begin(Messages.Queue queue) {
    RunningDeployment deployment = deployments.apply(queue.app());
    if (deployment == null) {
      return false;
    }
    try {
      Lane lane = deployment.lane();
      Release.Queue declared = deployment.release().contents().queues().get(queue.name());
      if (declared == null || !lane.take(queue.name(), declared.places())) {
        return false;
      }
      return new Round(queue, lane).begin();
    } finally {
      deployment.exit();
    }
  }

  /** One message after the other, until none is due. Has a place among those of its queue. */
  private final class Round implements Background.Task {
    private final Messages.Queue queue;
    private final Lane lane;

    Round(Messages.Queue queue, Lane lane) {
      this.queue = queue;
      this.lane = lane;
    }

    boolean begin() {
      boolean begun = lane.deliveries().submit(this);
      if (!begun) {
        drop();
      }
      return begun;
    }

    @Override
    public void run() {
      boolean more = false;
      try {
        more = deliverNext(queue);
      } catch (RuntimeException e) {
        log.error("A message of {} could not be delivered", queue, e);
      }
      if (more) {
        var _ = begin();
      } else {
        drop();
      }
    }

    @Override
    public void drop() {
      lane.giveBack(queue.name());
    }
  }

  /** Delivers a message, if one is due, in the release that is active now. */
  private boolean deliverNext(Messages.Queue queue) {
    RunningDeployment deployment = deployments.apply(queue.app());
    if (deployment == null) {
      return false;
    }
    try {
      Release.Queue declared = deployment.release().contents().queues().get(queue.name());
      RunningService service = declared == null ? null : deployment.service(declared.service());
      if (declared == null || service == null) {
        return false;
      }
      Duration lease = Duration.ofNanos(service.released().timeoutNanos()).plus(MARGIN);
      Optional<Message> message = messages.take(queue, lease);
      message.ifPresent(taken -> deliver(deployment, service, queue, declared, taken));
      return message.isPresent();
    } finally {
      deployment.exit();
    }
  }

  private void deliver(
      RunningDeployment deployment,
      RunningService service,
      Messages.Queue queue,
      Release.Queue declared,
      Message message) {
    if (!Legal.mayAttempt(message.attempt(), declared.attempts())) {
      bury(queue, message, declared, "its last attempt was cut off");
      return;
    }
    Chronicle chronicle = histories.of(queue.app());
    CallOutcome outcome =
        chronicle.attempt(
            queue.name(),
            message.id(),
            message.attempt(),
            declared.attempts(),
            () -> calls.ofMessage(deployment, service, declared.method(), message));
    boolean delivered = outcome instanceof CallOutcome.Returned;
    metering.attempted(queue.app().value(), queue.name(), !delivered);
    if (delivered) {
      settle(queue, message, declared, Fate.DELIVERED, () -> messages.delivered(message));
    } else if (!Legal.mayGiveUp(message.attempt(), declared.attempts())) {
      String why = logs.masked(queue.app(), told(outcome));
      settle(
          queue,
          message,
          declared,
          Fate.REPEATED,
          () -> messages.retry(message, restAfter(message.attempt()), why));
    } else {
      bury(queue, message, declared, told(outcome));
    }
  }

  private void settle(
      Messages.Queue queue, Message message, Release.Queue declared, Fate fate, Runnable note) {
    histories
        .of(queue.app())
        .settled(queue.name(), message.id(), message.attempt(), declared.attempts(), fate, note);
  }

  /** Half of it to all of it, at random, so that what failed together does not come together. */
  private Duration restAfter(int attempt) {
    Duration doubled = rest.multipliedBy(1L << Math.min(attempt - 1, MOST_DOUBLINGS));
    long most = (doubled.compareTo(LONGEST_REST) < 0 ? doubled : LONGEST_REST).toNanos();
    return Duration.ofNanos(random.nextLong(most / 2, most + 1));
  }

  private void bury(Messages.Queue queue, Message message, Release.Queue declared, String why) {
    String told = logs.masked(queue.app(), why);
    settle(queue, message, declared, Fate.GIVEN_UP, () -> messages.bury(queue, message, told));
    logs.write(
        queue.app(),
        "parigot",
        queue.name(),
        LogLine.Level.ERROR,
        "message %d of the queue %s is given up: %s".formatted(message.id(), queue.name(), why),
        "");
  }

  private static String told(CallOutcome outcome) {
    return switch (outcome) {
      case CallOutcome.Returned _ -> "it was delivered";
      case CallOutcome.Failed(int code, String text, boolean _) -> code + " " + text;
      case CallOutcome.Trapped(String reason) -> reason.lines().findFirst().orElse("it trapped");
      case CallOutcome.LimitReached(CallOutcome.Limit limit) ->
          limit == CallOutcome.Limit.TIME ? "timed out" : "ran out of memory";
    };
  }
}
