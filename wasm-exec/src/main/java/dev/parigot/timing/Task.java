package dev.parigot.timing;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** One strand of work of a {@link Scheduler}. Only the thread whose turn it is may use it. */
public final class Task {
  private final int number;
  private final Runnable work;
  private final boolean expected;
  private final Semaphore turn = new Semaphore(0);
  private final Map<String, Integer> counts = new HashMap<>();
  private Step next;
  private @Nullable Wait wait;
  private long deadline = Wait.NEVER;
  private boolean repeatable;
  private boolean begun;
  private boolean cancelled;
  private boolean ended;

  /**
   * @param expected whether a run waits for it even before it has begun
   */
  Task(int number, Step first, @Nullable Wait wait, boolean expected, Runnable work) {
    this.number = number;
    this.next = first;
    this.wait = wait;
    this.expected = expected;
    this.work = work;
  }

  /** Whether it has run to its end or been cancelled. */
  public boolean ended() {
    return ended;
  }

  /** Ends it with its next step. */
  public void cancel() {
    cancelled = true;
  }

  /** If it fails in the middle, its work is done again by another one. */
  public void beRepeatable() {
    repeatable = true;
  }

  boolean repeatable() {
    return repeatable;
  }

  /** When what it does will have taken too long. */
  long deadline() {
    return deadline;
  }

  void setDeadline(long time) {
    deadline = time;
  }

  boolean cancelled() {
    return cancelled;
  }

  String strand() {
    return next.strand();
  }

  /** How often it has been asked for that. */
  int nth(String what) {
    return counts.merge(what, 1, Integer::sum);
  }

  int number() {
    return number;
  }

  Step next() {
    return next;
  }

  Runnable work() {
    return work;
  }

  Semaphore turn() {
    return turn;
  }

  boolean begun() {
    return begun;
  }

  void begin() {
    begun = true;
  }

  void end() {
    ended = true;
  }

  /** Its next step, which is possible at once if there is nothing to wait for. */
  void arrive(Step step, @Nullable Wait before) {
    next = step;
    wait = before;
  }

  /** Null if its next step is possible at once. */
  @Nullable Wait waiting() {
    return cancelled ? null : wait;
  }

  /** Whether something is under way as long as this is there. */
  boolean counts() {
    return begun ? wait == null || !wait.forOthers() : expected;
  }
}
