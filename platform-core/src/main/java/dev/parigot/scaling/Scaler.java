package dev.parigot.scaling;

import dev.parigot.fleet.ServiceLoad;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Says how many instances one service is to have, from what is seen of it every second or so. Calls
 * start what they need at once by themselves; this starts instances ahead of them, ends those that
 * are not needed any more, and puts into words what either has done.
 */
final class Scaler {
  /** How much of an instance's time calls may take, on average, before there should be more. */
  static final double FULL = 0.8;

  /** How far back is looked before there are more instances. */
  static final Duration UP = Duration.ofSeconds(5);

  /**
   * How far back is looked before there are fewer: load that comes and goes keeps its instances.
   */
  static final Duration DOWN = Duration.ofSeconds(60);

  /** So many calls that wait all the time are worth a word if there can't be more instances. */
  private static final double MANY_WAITING = 0.5;

  /** What was seen in a piece of time. */
  private record Seen(long at, ServiceLoad load) {
    /** How many calls ran or waited at once. */
    double wanted() {
      return (double) (load.busyNanos() + load.waitedNanos()) / load.overNanos();
    }
  }

  /**
   * The numbers before and after, and why.
   *
   * @param isNews whether there were never so many before; what replaces failed ones is not told
   */
  record Step(int from, int to, String reason, boolean isNews) {}

  private final long idle;
  private final Deque<Seen> seen = new ArrayDeque<>();
  private long since;
  private int known;
  private int wanted;
  private boolean lessened;
  private long lastCall = Long.MIN_VALUE;
  private long lastMore = Long.MIN_VALUE;
  private long lastComplaint = Long.MIN_VALUE;

  /**
   * @param idle after which instances above the minimum end that had no call
   */
  Scaler(Duration idle) {
    this.idle = idle.toNanos();
  }

  /**
   * What has happened to the instances and what is to happen; the last one tells how many there are
   * to be.
   *
   * @param now of a clock that only goes forward, in nanoseconds
   */
  List<Step> look(ServiceLoad load, long now) {
    while (!seen.isEmpty() && now - seen.getFirst().at >= DOWN.toNanos()) {
      seen.removeFirst();
    }
    if (seen.isEmpty()) {
      since = now;
    }
    seen.addLast(new Seen(now, load));
    List<Step> steps = new ArrayList<>();
    started(load, now, steps);
    known = load.instances();
    if (load.busyNanos() > 0) {
      lastCall = now;
    }
    if (load.idleNanos() >= idle) {
      less(load, load.min(), "no call for " + told(Duration.ofNanos(idle)), steps);
    } else if (!more(load, now, steps)) {
      lessThanBefore(load, now, steps);
    }
    return steps;
  }

  /** What calls or a release have started since. */
  private void started(ServiceLoad load, long now, List<Step> steps) {
    int instances = load.instances();
    boolean byCalls = load.firstStarts() + load.lateStarts() > 0;
    boolean stillThere = lessened && !byCalls;
    lessened = false;
    if (instances <= known || instances <= wanted || stillThere) {
      return;
    }
    lastMore = now;
    wanted = instances;
    steps.add(new Step(known, instances, whyStarted(load, now), true));
  }

  private String whyStarted(ServiceLoad load, long now) {
    if (load.lateStarts() > 0) {
      return "%s had waited as long as a start takes, %s"
          .formatted(
              load.lateStarts() == 1 ? "a call" : load.lateStarts() + " calls",
              told(Duration.ofNanos(load.startNanos())));
    }
    if (load.firstStarts() > 0) {
      return lastCall == Long.MIN_VALUE
          ? "the first call"
          : "the first call for " + told(Duration.ofNanos(now - lastCall));
    }
    return "started with its release, or to keep its min of " + load.min();
  }

  private boolean more(ServiceLoad load, long now, List<Step> steps) {
    long over = 0;
    long busy = 0;
    long waited = 0;
    long longest = 0;
    for (Seen each : seen) {
      if (now - each.at < UP.toNanos()) {
        over += each.load.overNanos();
        busy += each.load.busyNanos();
        waited += each.load.waitedNanos();
        for (long wait : each.load.waitsNanos()) {
          longest = Math.max(longest, wait);
        }
      }
    }
    // What was not seen was nothing.
    over = Math.max(over, UP.toNanos());
    double running = (double) busy / over;
    double waiting = (double) waited / over;
    int enough = enough(running + waiting);
    if (enough <= load.instances()) {
      return false;
    }
    String why =
        String.format(Locale.ROOT, "on average %.1f calls ran at once in the last 5 s", running);
    if (waiting >= 0.05) {
      why =
          String.format(
              Locale.ROOT,
              "on average %.1f calls ran at once and %.1f waited, up to %s, in the last 5 s",
              running,
              waiting,
              told(Duration.ofNanos(longest)));
    }
    int target = Math.min(enough, load.max());
    if (target > load.instances()) {
      lastMore = now;
      steps.add(new Step(load.instances(), target, why, target > wanted));
      wanted = Math.max(wanted, target);
    } else if (waiting >= MANY_WAITING && isLongAgo(lastComplaint, now)) {
      lastComplaint = now;
      steps.add(new Step(target, target, "its max is reached, though " + why, true));
    }
    return true;
  }

  private void lessThanBefore(ServiceLoad load, long now, List<Step> steps) {
    if (!isLongAgo(lastMore, now) || !isLongAgo(since, now)) {
      return;
    }
    double most = seen.stream().mapToDouble(Seen::wanted).max().orElse(0);
    less(
        load,
        Math.max(1, enough(most)),
        String.format(
            Locale.ROOT, "at most %.1f calls ran or waited at once in the last 60 s", most),
        steps);
  }

  private void less(ServiceLoad load, int count, String why, List<Step> steps) {
    int target = Math.max(count, load.min());
    if (target < load.instances()) {
      wanted = target;
      known = target;
      if (target == 0) {
        seen.clear();
      }
      lessened = true;
      steps.add(new Step(load.instances(), target, why, true));
    }
  }

  private static boolean isLongAgo(long moment, long now) {
    return moment == Long.MIN_VALUE || now - moment >= DOWN.toNanos();
  }

  private static int enough(double atOnce) {
    return (int) Math.ceil(atOnce / FULL);
  }

  private static String told(Duration duration) {
    long millis = duration.toMillis();
    if (millis < TimeUnit.SECONDS.toMillis(1)) {
      return millis == 0 ? "less than 1 ms" : millis + " ms";
    }
    return duration.toSeconds() < 120 ? duration.toSeconds() + " s" : duration.toMinutes() + " min";
  }
}
