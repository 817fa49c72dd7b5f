package dev.parigot.fleet;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The work of one app that nobody has to wait for, bounded in what runs and what waits. After each
 * task the others on the same threads have their turn, so that one app's many don't hold up the few
 * of another one.
 */
final class Background {
  /** Something to be done on a guest's thread. Its identity is what it is found by. */
  interface Task {
    /** Throws nothing. */
    void run();

    /** It will not be run: the app was stopped. */
    void drop();
  }

  private final Executor guests;
  private final int most;
  private final int mostWaiting;

  private final ReentrantLock lock = new ReentrantLock();
  private final LinkedHashSet<Task> waiting = new LinkedHashSet<>();
  private int running;
  private boolean closed;

  Background(Executor guests, int most, int mostWaiting) {
    this.guests = guests;
    this.most = most;
    this.mostWaiting = mostWaiting;
  }

  /** Takes a task to be run soon; false if too many wait. */
  boolean submit(Task task) {
    lock.lock();
    try {
      if (closed || waiting.size() >= mostWaiting) {
        return false;
      }
      waiting.add(task);
      if (running == most) {
        return true;
      }
      running++;
    } finally {
      lock.unlock();
    }
    return handOver() || !gaveUp(task);
  }

  /** Takes a task back, to be run by who asks; false if it was begun or dropped already. */
  boolean withdraw(Task task) {
    lock.lock();
    try {
      return waiting.remove(task);
    } finally {
      lock.unlock();
    }
  }

  /** Begins what waits although it might run: a lack of threads has held it up. */
  void resume() {
    lock.lock();
    try {
      if (waiting.isEmpty() || running == most) {
        return;
      }
      running++;
    } finally {
      lock.unlock();
    }
    if (!handOver()) {
      leave();
    }
  }

  /** Takes no more tasks and drops those that wait. */
  void close() {
    List<Task> rest;
    lock.lock();
    try {
      closed = true;
      rest = List.copyOf(waiting);
      waiting.clear();
    } finally {
      lock.unlock();
    }
    rest.forEach(Task::drop);
  }

  private boolean handOver() {
    try {
      guests.execute(this::work);
      return true;
    } catch (RejectedExecutionException e) {
      return false;
    }
  }

  /** There is no thread for a task that was just taken; false if another one has begun it. */
  private boolean gaveUp(Task task) {
    leave();
    return withdraw(task);
  }

  private void leave() {
    lock.lock();
    try {
      running--;
    } finally {
      lock.unlock();
    }
  }

  private void work() {
    Task task = next();
    while (task != null) {
      task.run();
      task = idle() || handOver() ? null : next();
    }
  }

  /** The task that waits the longest; if there is none, one fewer is running. */
  private @Nullable Task next() {
    lock.lock();
    try {
      if (waiting.isEmpty()) {
        running--;
        return null;
      }
      return waiting.removeFirst();
    } finally {
      lock.unlock();
    }
  }

  /** Whether nothing waits; then one fewer is running. */
  private boolean idle() {
    lock.lock();
    try {
      if (waiting.isEmpty()) {
        running--;
        return true;
      }
      return false;
    } finally {
      lock.unlock();
    }
  }
}
