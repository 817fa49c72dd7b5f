package dev.parigot.scaling;

import dev.parigot.fleet.ServiceLoad;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The load of one service in the last hour. Steps without any load and any instance take no room.
 */
final class Series {
  private static final double NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Deque<Load> steps = new ArrayDeque<>();
  private final List<ServiceLoad> parts = new ArrayList<>();

  /** Something of the step that is under way. */
  void add(ServiceLoad load) {
    parts.add(load);
  }

  /**
   * Ends the step under way.
   *
   * @param calls that ended in it
   * @param errors those of them that failed
   */
  void end(Instant began, long calls, long errors) {
    if (!parts.isEmpty()) {
      steps.addLast(of(began, calls, errors));
      parts.clear();
    }
    Instant oldest = began.minusSeconds((long) Load.STEP_SECONDS * Load.KEPT);
    while (!steps.isEmpty() && !steps.getFirst().at().isAfter(oldest)) {
      steps.removeFirst();
    }
  }

  private Load of(Instant began, long calls, long errors) {
    double seconds = parts.stream().mapToLong(ServiceLoad::overNanos).sum() / NANOS;
    ServiceLoad last = parts.getLast();
    return new Load(
        began,
        (double) calls / Load.STEP_SECONDS,
        (double) errors / Load.STEP_SECONDS,
        parts.stream().mapToLong(ServiceLoad::busyNanos).sum() / NANOS / seconds,
        parts.stream().mapToLong(ServiceLoad::waitedNanos).sum() / NANOS / seconds,
        p95(
            parts.stream()
                .flatMapToLong(part -> Arrays.stream(part.waitsNanos()))
                .sorted()
                .toArray()),
        last.instances(),
        parts.stream().mapToLong(ServiceLoad::cpuNanos).sum() / NANOS / seconds,
        last.memoryBytes());
  }

  private static long p95(long[] sorted) {
    return sorted.length == 0 ? 0 : sorted[(sorted.length - 1) * 95 / 100];
  }

  boolean isEmpty() {
    return steps.isEmpty() && parts.isEmpty();
  }

  /** The newest step; null if there is none. */
  @Nullable Load newest() {
    return steps.peekLast();
  }

  /** So many steps up to one, oldest first. */
  List<Load> read(Instant last, int count) {
    List<Load> read = new ArrayList<>(count);
    var known = steps.iterator();
    Load next = known.hasNext() ? known.next() : null;
    for (int i = count - 1; i >= 0; i--) {
      Instant at = last.minusSeconds((long) i * Load.STEP_SECONDS);
      while (next != null && next.at().isBefore(at)) {
        next = known.hasNext() ? known.next() : null;
      }
      read.add(next != null && next.at().equals(at) ? next : Load.none(at));
    }
    return read;
  }
}
