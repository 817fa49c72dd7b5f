package dev.parigot.history;

import dev.parigot.history.Event.Fate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** No message is lost, made up, given up too early, or delivered before its turn. */
final class Deliveries {
  private static final String RULE = "queues";

  /** A message of a queue. */
  private record Id(String queue, long message) {}

  /** All that is known of one. */
  private static final class Life {
    Event.@Nullable Sent sent;
    final List<Event.Attempt> attempts = new ArrayList<>();
    final List<Event.Settled> ends = new ArrayList<>();

    /** The moment from which it can't be delivered any more: when that began to be noted. */
    long over() {
      return ends.stream()
          .filter(end -> end.fate() != Fate.REPEATED)
          .mapToLong(end -> end.span().begin())
          .min()
          .orElse(Span.NEVER);
    }

    Event last() {
      return attempts.isEmpty() ? ends.getFirst() : attempts.getLast();
    }
  }

  private final History history;
  private final Map<Id, Life> lives = new HashMap<>();
  private final Map<String, List<Event.Sent>> unsure = new HashMap<>();
  private final List<Violation> violations = new ArrayList<>();
  private final long newestBefore;
  private Event.@Nullable Waiting waiting;

  Deliveries(History history) {
    this.history = history;
    for (Event event : history.events()) {
      switch (event) {
        case Event.Sent sent when sent.message() == Event.Sent.UNKNOWN ->
            unsure.computeIfAbsent(sent.queue(), _ -> new ArrayList<>()).add(sent);
        case Event.Sent sent -> life(sent.queue(), sent.message()).sent = sent;
        case Event.Attempt attempt ->
            life(attempt.queue(), attempt.message()).attempts.add(attempt);
        case Event.Settled settled -> life(settled.queue(), settled.message()).ends.add(settled);
        case Event.Waiting look -> waiting = look;
        default -> {}
      }
    }
    newestBefore = newestBefore();
  }

  private Life life(String queue, long message) {
    return lives.computeIfAbsent(new Id(queue, message), _ -> new Life());
  }

  List<Violation> check() {
    lives.forEach((id, life) -> {
      counted(life);
      acknowledged(life);
      if (history.alone()) {
        lost(id, life);
        madeUp(id, life);
      }
    });
    inTurn();
    return violations;
  }

  private void add(String sentence, Event first, Event second) {
    violations.add(new Violation(RULE, sentence, first, second));
  }

  private void counted(Life life) {
    for (Event.Attempt attempt : life.attempts) {
      if (!Legal.mayAttempt(attempt.attempt(), attempt.attempts())) {
        add(Told.of(attempt) + ": there is no such attempt", attempt, attempt);
      }
    }
    for (Event.Settled end : life.ends) {
      if (end.fate() == Fate.GIVEN_UP && !Legal.mayGiveUp(end.attempt(), end.attempts())) {
        add(
            "%s after attempt %d of %d".formatted(Told.of(end), end.attempt(), end.attempts()),
            life.last(),
            end);
      }
    }
  }

  /**
   * What was delivered was so before that was noted; what began before there was a history, too.
   */
  private void acknowledged(Life life) {
    for (Event.Settled end : life.ends) {
      boolean early =
          life.attempts.stream()
              .filter(attempt -> attempt.attempt() == end.attempt())
              .noneMatch(attempt -> attempt.span().before(end.span()));
      Event.Attempt same =
          life.attempts.stream()
              .filter(attempt -> attempt.attempt() == end.attempt())
              .findFirst()
              .orElse(null);
      if (end.fate() == Fate.DELIVERED && early && same != null) {
        add(Told.of(end) + " before its delivery had ended", end, same);
      }
    }
  }

  /** An attempt without an end may have settled it. */
  private void lost(Id id, Life life) {
    Event.Sent sent = life.sent;
    Event.Waiting look = waiting;
    if (sent == null || look == null || !sent.span().before(look.span())) {
      return;
    }
    boolean over = life.over() < look.span().end();
    boolean open = life.attempts.stream().anyMatch(attempt -> !attempt.span().ended());
    if (!over && !open && !look.messages().contains(id.message())) {
      add(Told.of(sent) + ", and it is neither delivered nor waiting: it is lost", sent, look);
    }
  }

  private void madeUp(Id id, Life life) {
    if (life.sent != null || life.attempts.isEmpty()) {
      return;
    }
    Event.Attempt attempt = life.attempts.getFirst();
    boolean maybe =
        unsure.getOrDefault(id.queue(), List.of()).stream()
            .anyMatch(sent -> sent.span().begin() < attempt.span().begin());
    if (!maybe && id.message() > newestBefore) {
      add(Told.of(attempt) + ", which nobody sent", attempt, attempt);
    }
  }

  /** Messages up to that number may have been sent when nobody looked. */
  private long newestBefore() {
    return history.settled() == 0
        ? 0
        : lives.values().stream()
            .map(life -> life.sent)
            .filter(sent -> sent != null && sent.span().begin() > history.settled())
            .mapToLong(sent -> sent == null ? 0 : sent.message())
            .min()
            .orElse(Long.MAX_VALUE);
  }

  /** A message of a key, once all of it that were sent before are delivered or given up. */
  private void inTurn() {
    Map<Id, List<Life>> lines = new HashMap<>();
    Map<String, Integer> names = new HashMap<>();
    lives.forEach((id, life) -> {
      if (life.sent != null && life.sent.order() != null) {
        int name = names.computeIfAbsent(life.sent.order(), _ -> names.size());
        lines.computeIfAbsent(new Id(id.queue(), name), _ -> new ArrayList<>()).add(life);
      }
    });
    lines.values().forEach(this::inTurn);
  }

  private void inTurn(List<Life> line) {
    Set<Life> told = new HashSet<>();
    for (Life later : line) {
      for (Life earlier : line) {
        Event.Sent first = earlier.sent;
        Event.Sent second = later.sent;
        if (first == null || second == null || !first.span().before(second.span())) {
          continue;
        }
        later.attempts.stream()
            .filter(attempt -> !Legal.mayDeliver(earlier.over() > attempt.span().begin() ? 1 : 0))
            .filter(_ -> told.add(later))
            .forEach(attempt ->
                add(
                    "%s before %s was: they are of one key"
                        .formatted(Told.of(attempt), Told.message(first.queue(), first.message())),
                    first,
                    attempt));
      }
    }
  }
}
