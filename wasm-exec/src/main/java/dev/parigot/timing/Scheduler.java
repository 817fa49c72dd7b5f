package dev.parigot.timing;

import dev.parigot.host.GuestStop;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks one at a time. Before each step of one, a {@link Strategy} chooses who goes next among
 * all that could. The clock moves when nobody can go on before a later time. See DESIGN.md.
 */
public final class Scheduler implements AutoCloseable {
  private static final BooleanSupplier READY = () -> true;
  static final String RESUMES = "goes on after";
  private static final String SLEEP = "a sleep";

  private static final Step NOTHING = new Step(0, "", "", "", "", "", 0);

  private final Strategy strategy;
  private final Executor threads;
  private final int mostSteps;
  private final List<Task> tasks = new ArrayList<>();
  private final List<Step> trace = new ArrayList<>();
  private final Map<String, Integer> strands = new HashMap<>();
  private final Semaphore pause = new Semaphore(0);
  private Step latest = NOTHING;
  private int numbers;
  private long now;
  private @Nullable Task running;
  private @Nullable Task awaited;
  private @Nullable Stalled stalled;
  private @Nullable Throwable failure;
  private boolean closing;
  private volatile int progress;

  /**
   * @param threads runs each task on a thread of its own; as many as tasks wait at a time
   * @param mostSteps a run that takes more has stalled
   */
  public Scheduler(Strategy strategy, Executor threads, int mostSteps) {
    this.strategy = strategy;
    this.threads = threads;
    this.mostSteps = mostSteps;
  }

  /** Nanoseconds that have passed on its clock. */
  public long now() {
    return now;
  }

  /** How many steps were taken. */
  public int taken() {
    return trace.size();
  }

  /** The steps that were taken, in their order. */
  public List<Step> trace() {
    return List.copyOf(trace);
  }

  /**
   * A task that begins when it is ready, chosen, and not before {@code from}.
   *
   * @param ready asked before each choice; must have no effect
   */
  public Task start(
      String actor, String action, String key, long from, BooleanSupplier ready, Runnable work) {
    return add(running, actor, action, key, Wait.from(from, ready), true, work);
  }

  /** Like {@link #start}, but nobody waits for it before its time. */
  public Task schedule(String actor, String action, String key, long from, Runnable work) {
    return add(null, actor, action, key, Wait.from(from, READY), false, work);
  }

  /** Takes back a task that has not begun; answers whether it had not. */
  public boolean withdraw(Task task) {
    return !task.begun() && tasks.remove(task);
  }

  private Task add(
      @Nullable Task parent,
      String actor,
      String action,
      String key,
      @Nullable Wait wait,
      boolean expected,
      Runnable work) {
    numbers++;
    Step first = new Step(numbers, strand(parent, actor, action, key), actor, "", action, key, 0);
    Task task = new Task(numbers, first, wait, expected, work);
    tasks.add(task);
    return task;
  }

  private String strand(@Nullable Task parent, String actor, String action, String key) {
    String what = Step.what(actor, action, key);
    int nth = parent == null ? strands.merge(what, 1, Integer::sum) : parent.nth("> " + what);
    return (parent == null ? "" : parent.strand() + " > ") + Step.numbered(what, nth);
  }

  /**
   * The running task waits for its turn to take a step.
   *
   * @param call the method on whose behalf it does
   */
  public void step(String actor, String call, String action, String key) {
    Task task = running();
    pass(task, step(task, actor, call, action, key), null);
  }

  private static Step step(Task task, String actor, String call, String action, String key) {
    int nth = task.nth(Step.what(Step.serviceOf(actor), action, key));
    return new Step(task.number(), task.strand(), actor, call, action, key, nth);
  }

  /**
   * Whether a fault happens to the running task, at the step that it takes. One that ends its work
   * does so only if that is repeated.
   */
  public boolean strikes(Fault fault) {
    boolean ends = fault == Fault.KILL || fault == Fault.LOST;
    return !closing && (!ends || running().repeatable()) && strikes(fault, running().next());
  }

  private boolean strikes(Fault fault, Step at) {
    if (!strategy.strikes(fault, at)) {
      return false;
    }
    trace.add(fault.before() ? trace.size() - 1 : trace.size(), fault.at(at));
    return true;
  }

  /** The running task does work that must not take longer; no fault makes the clock go so far. */
  public <T> T within(long deadline, Supplier<T> work) {
    Task task = running();
    long before = task.deadline();
    task.setDeadline(Math.min(before, deadline));
    try {
      return work.get();
    } finally {
      task.setDeadline(before);
    }
  }

  /**
   * The running task waits until {@code ready}; answers false if {@code until} came first.
   *
   * @param what it waits for, to be told
   */
  public boolean await(String what, BooleanSupplier ready, long until) {
    if (ready.getAsBoolean()) {
      return true;
    }
    resumeAfter(what, Wait.until(ready, until));
    return ready.getAsBoolean();
  }

  /** The running task sleeps until that time, which may come before others are done. */
  public void sleep(long until) {
    resumeAfter(SLEEP, Wait.from(until, READY));
  }

  /** The running task sleeps until that time, and longer if others can't be done by then. */
  public void sleepPatiently(long until) {
    resumeAfter(SLEEP, Wait.until(() -> false, until));
  }

  /** The running task waits until that time, and for all else that is due by then. */
  public void advance(long until) {
    resumeAfter("the clock", new Wait(READY, until, Wait.NEVER, true, false));
  }

  /** The running task waits until nothing is under way. */
  public void quiesce() {
    Task task = running();
    BooleanSupplier alone = () -> tasks.stream().noneMatch(each -> each != task && each.counts());
    resumeAfter("the others", new Wait(alone, 0, Wait.NEVER, false, true));
  }

  /** The step after a wait is that of who took the one before. */
  private void resumeAfter(String what, Wait wait) {
    Task task = running();
    Step before = task.next();
    pass(task, step(task, before.actor(), before.call(), RESUMES, what), wait);
  }

  private Task running() {
    Task task = running;
    if (task == null) {
      throw new IllegalStateException("Only a task can take a step");
    }
    return task;
  }

  /** Lets whoever is chosen go on, and returns when the task is. */
  private void pass(Task task, Step step, @Nullable Wait wait) {
    if (!closing && !task.cancelled()) {
      task.arrive(step, wait);
      Task next = choose();
      if (next != task) {
        resume(next);
        task.turn().acquireUninterruptibly();
      }
    }
    if (closing || task.cancelled()) {
      throw new GuestStop.Cancelled();
    }
  }

  /** Whose turn it is now; null if the run has stalled. */
  private @Nullable Task choose() {
    if (trace.size() >= mostSteps) {
      stalled = Stalled.endless(trace);
      return null;
    }
    List<Task> enabled = enabled();
    while (enabled.isEmpty()) {
      long next = nextTime();
      if (next == Wait.NEVER) {
        stalled = new Stalled("deadlock: " + waiting());
        return null;
      }
      now = next;
      enabled = enabled();
    }
    if (mayPass(nextTimer()) && strikes(Fault.LATE, latest)) {
      now = nextTimer();
      enabled = enabled();
    }
    Task chosen = enabled.get(strategy.choose(enabled.stream().map(Task::next).toList()));
    running = chosen;
    latest = chosen.next();
    trace.add(chosen.next());
    progress = trace.size();
    return chosen;
  }

  /** The next time that one waits for which is under way. */
  private long nextTimer() {
    return tasks.stream()
        .filter(Task::counts)
        .map(Task::waiting)
        .filter(wait -> wait != null && wait.from() > now)
        .mapToLong(wait -> wait == null ? Wait.NEVER : wait.from())
        .min()
        .orElse(Wait.NEVER);
  }

  /** Whether it may be that time before all is done that can be done now. */
  private boolean mayPass(long time) {
    return time != Wait.NEVER && tasks.stream().allMatch(task -> time < task.deadline());
  }

  private List<Task> enabled() {
    List<Task> enabled = new ArrayList<>();
    List<Task> yielding = new ArrayList<>();
    for (Task task : tasks) {
      Wait wait = task.waiting();
      if (wait == null || wait.over(now)) {
        (wait != null && wait.yields() ? yielding : enabled).add(task);
      }
    }
    return enabled.isEmpty() ? yielding : enabled;
  }

  /** When somebody can go on; never, if all that is under way waits for what no time brings. */
  private long nextTime() {
    long soonest = Wait.NEVER;
    boolean somebody = false;
    for (Task task : tasks) {
      Wait wait = task.waiting();
      long next = wait == null ? now : wait.next(now);
      soonest = Math.min(soonest, next);
      somebody |= next != Wait.NEVER && task.counts();
    }
    return somebody ? soonest : Wait.NEVER;
  }

  private String waiting() {
    return tasks.stream()
        .filter(Task::begun)
        .map(Task::next)
        .map(step -> step.actor() + " waits for " + step.key())
        .collect(Collectors.joining(", "));
  }

  /** Hands the turn over; to whoever waits for the run, if it can't go on. */
  private void resume(@Nullable Task task) {
    if (task == null) {
      pause.release();
    } else if (task.begun()) {
      task.turn().release();
    } else {
      task.begin();
      threads.execute(() -> perform(task));
    }
  }

  private void perform(Task task) {
    try {
      if (!task.cancelled()) {
        task.work().run();
      }
    } catch (GuestStop.Cancelled _) {
      // It was asked to end.
    } catch (Throwable thrown) {
      failure = thrown;
    }
    task.end();
    tasks.remove(task);
    boolean over = closing || failure != null || task == awaited;
    resume(over ? null : choose());
  }

  /** Who has to say when the running task takes no step for too long. */
  @FunctionalInterface
  public interface Watch {
    /** Ends what it is busy with; answers false if that can't be. Called on another thread. */
    boolean endsWhatRuns();
  }

  /**
   * Runs work as a task, and the others as they are chosen, until it has ended; the others then
   * stand still. Throws {@link Stalled} if the run can't go on; it can only be closed then.
   *
   * @param patienceNanos how long, in real time, a task may take for a step before {@code watch} is
   *     asked
   */
  public void run(String actor, String action, Runnable work, long patienceNanos, Watch watch)
      throws InterruptedException {
    if (stalled != null) {
      throw stalled;
    }
    awaited = add(null, actor, action, "", null, true, work);
    resume(choose());
    int seen = -1;
    while (!pause.tryAcquire(patienceNanos, TimeUnit.NANOSECONDS)) {
      if (seen == progress && !watch.endsWhatRuns()) {
        throw new Stalled("time-out: its start does not end");
      }
      seen = progress;
    }
    running = null;
    if (failure != null) {
      throw new IllegalStateException("A task failed", failure);
    }
    if (stalled != null) {
      throw stalled;
    }
  }

  /** Ends every task with its next step, one after the other. */
  @Override
  public void close() {
    closing = true;
    while (!tasks.isEmpty()) {
      Task task = tasks.getFirst();
      if (task.begun()) {
        running = task;
        task.turn().release();
        pause.acquireUninterruptibly();
      } else {
        tasks.remove(task);
      }
    }
  }
}
