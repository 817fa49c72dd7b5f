package dev.parigot.local;

import dev.parigot.engine.Instance;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Function;

/** The instances of one service: the one that was used last is used first. */
final class Pool {
  private final String service;
  private final int most;
  private final Function<String, Instance> maker;
  private final Deque<Instance> idle = new ArrayDeque<>();
  private int live;
  private int made;

  /**
   * @param most instances at a time
   * @param maker makes an instance of that name
   */
  Pool(String service, int most, Function<String, Instance> maker) {
    this.service = service;
    this.most = most;
    this.maker = maker;
  }

  /** Whether an instance can be had. */
  boolean available() {
    return !idle.isEmpty() || live < most;
  }

  /** To be called when one is available; throws {@link dev.parigot.engine.CannotStart}. */
  Instance take() {
    Instance instance = idle.poll();
    if (instance != null) {
      return instance;
    }
    live++;
    boolean started = false;
    try {
      Instance next = maker.apply(service + "-" + ++made);
      started = true;
      return next;
    } finally {
      live -= started ? 0 : 1;
    }
  }

  void giveBack(Instance instance) {
    if (instance.usable()) {
      idle.push(instance);
    } else {
      live--;
    }
  }
}
