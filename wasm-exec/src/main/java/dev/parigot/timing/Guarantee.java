package dev.parigot.timing;

/**
 * What {@link Pct} guarantees after so many runs that left nothing out: a bug that takes one order
 * of two steps, and that one task has not begun before (depth 2), was found with at least that
 * probability, wherever it is.
 *
 * @param runs by priorities of tasks, without faults
 * @param tasks how many of those one had, at most
 * @param choices how many of those one had, at most
 */
public record Guarantee(int runs, int tasks, int choices, double probability) {
  static final Guarantee NONE = new Guarantee(0, 0, 0, 0);

  /**
   * A run with faults, one that is longer than the strategy was made for, and one in which nobody
   * had to choose between tasks guarantee nothing.
   */
  Guarantee after(Lesson lesson) {
    return lesson.plan().orders() instanceof Pct pct
            && pct.ofTasks()
            && pct.lanes() > 1
            && lesson.plan().breadth() == Focus.Breadth.ALL
            && lesson.choices() <= pct.choices()
            && lesson.withoutFaults()
        ? after(pct.depth(), pct.lanes(), pct.choices())
        : this;
  }

  /** Of these runs and of others, which had nothing to do with them. */
  public Guarantee and(Guarantee others) {
    return new Guarantee(
        runs + others.runs,
        Math.max(tasks, others.tasks),
        Math.max(choices, others.choices),
        1 - (1 - probability) * (1 - others.probability));
  }

  /** In words; the probability in hundredths of a percent, never more than it is. */
  public String told() {
    return "%s by priorities that left nothing out, of %s and %s: a bug of depth 2 had a chance of %.2f %% at least"
        .formatted(
            counted(runs, "schedule"),
            counted(tasks, "task"),
            counted(choices, "choice"),
            Math.floor(probability * 10_000) / 100);
  }

  private static String counted(int count, String noun) {
    return String.format("%,d %s%s", count, noun, count == 1 ? "" : "s");
  }

  /** The bound of Burckhardt and others for one run. */
  Guarantee after(int depth, int lanes, int choicesOfRun) {
    double found = 1 / (Math.max(1, lanes) * Math.pow(Math.max(1, choicesOfRun), depth - 1));
    return new Guarantee(
        runs + 1,
        Math.max(tasks, lanes),
        Math.max(choices, choicesOfRun),
        1 - (1 - probability) * (1 - found));
  }
}
