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
