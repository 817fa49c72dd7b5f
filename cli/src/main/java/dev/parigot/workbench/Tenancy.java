package dev.parigot.workbench;

import java.util.concurrent.locks.ReentrantLock;

/** Who is in a version of an app. It ends when it was retired and the last has left. */
final class Tenancy {
  private final Runnable end;
  private final ReentrantLock lock = new ReentrantLock();
  private int inside;
  private boolean retired;

  /**
   * @param end done once, by the last to leave
   */
  Tenancy(Runnable end) {
    this.end = end;
  }

  /** False if it was retired: there is a newer version to enter. */
  boolean enter() {
    lock.lock();
    try {
      if (retired) {
        return false;
      }
      inside++;
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** On behalf of a call that is inside, which makes it possible at any time. */
  void enterAgain() {
    lock.lock();
    try {
      inside++;
    } finally {
      lock.unlock();
    }
  }

  void leave() {
    change(false);
  }

  /** Nobody enters any more. */
  void retire() {
    change(true);
  }

  private void change(boolean retiring) {
    boolean last;
    lock.lock();
    try {
      if (retiring && retired) {
        return;
      }
      retired |= retiring;
      inside -= retiring ? 0 : 1;
      last = retired && inside == 0;
    } finally {
      lock.unlock();
    }
    if (last) {
      end.run();
    }
  }
}
