package dev.parigot.timing;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Pieces of work with numbers, of which several are done at a time. What comes of them is what
 * would if each was begun after the one before: what comes after the first that ends the round is
 * left out, done or not.
 */
final class Round<T> {
  /** What is done of that number. */
  interface Work<T> {
    T of(int number) throws InterruptedException;
  }

  private final int from;
  private final Work<T> work;
  private final Predicate<T> last;
  private final IntPredicate goesOn;
  private final List<@Nullable T> done = new ArrayList<>();
  private int end;
  private int next;
  private int told;
  private boolean ended;
  private int busy;
  private @Nullable Throwable failure;

  /**
   * @param until the number after the last one
   * @param last whether nothing comes after that
   * @param goesOn is asked after each that does not, with how many are done
   */
  Round(int from, int until, Work<T> work, Predicate<T> last, IntPredicate goesOn) {
    this.from = from;
    this.end = until;
    this.next = from;
    this.told = from;
    this.work = work;
    this.last = last;
    this.goesOn = goesOn;
    for (int i = from; i < until; i++) {
      done.add(null);
    }
  }

  /** Does it all, and answers what comes of it in the order of the numbers. */
  List<T> run(Workers workers) throws InterruptedException {
    int helpers = Math.min(workers.count(), done.size()) - 1;
    busy = helpers;
    for (int i = 0; i < helpers; i++) {
      workers.threads().execute(this::help);
    }
    try {
      takePart();
    } finally {
      awaitHelpers();
    }
    rethrow();
    return done.subList(0, end - from).stream().<T>map(each -> each).toList();
  }

  /** Whether something ended it before its end. */
  boolean ended() {
    return ended;
  }

  private void help() {
    try {
      takePart();
    } catch (Throwable thrown) {
      fail(thrown);
    } finally {
      leave();
    }
  }

  private void takePart() throws InterruptedException {
    try {
      for (int number = take(); number >= 0; number = take()) {
        put(number, work.of(number));
      }
    } catch (RuntimeException | Error | InterruptedException thrown) {
      stop();
      throw thrown;
    }
  }

  private synchronized int take() {
    return next < end ? next++ : -1;
  }

  private synchronized void put(int number, T result) {
    done.set(number - from, result);
    while (told < end && done.get(told - from) != null) {
      T earliest = done.get(told - from);
      told++;
      if (earliest != null && last.test(earliest) || !goesOn.test(told)) {
        end = told;
        ended = true;
      }
    }
  }

  private synchronized void stop() {
    next = end;
  }

  private synchronized void fail(Throwable thrown) {
    failure = thrown;
  }

  private synchronized void leave() {
    busy--;
    notifyAll();
  }

  private synchronized void awaitHelpers() throws InterruptedException {
    while (busy > 0) {
      wait();
    }
  }

  private synchronized void rethrow() {
    if (failure != null) {
      throw new IllegalStateException("A schedule could not be run", failure);
    }
  }
}
