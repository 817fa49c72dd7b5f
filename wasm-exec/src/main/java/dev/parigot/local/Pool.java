package dev.parigot.local;

import dev.parigot.engine.Instance;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.IntFunction;

/** The instances of one program: the one that was used last is used first. */
final class Pool {
  private final IntFunction<Instance> maker;
  private final Deque<Instance> idle = new ArrayDeque<>();
  private int made;

  /**
   * @param maker makes an instance of that number, from 1
   */
  Pool(IntFunction<Instance> maker) {
    this.maker = maker;
  }

  /** Throws {@link dev.parigot.engine.CannotStart}. */
  Instance take() {
    Instance instance = idle.poll();
    return instance == null ? maker.apply(++made) : instance;
  }

  void giveBack(Instance instance) {
    if (instance.usable()) {
      idle.push(instance);
    }
  }
}
