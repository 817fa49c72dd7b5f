package dev.parigot.local;

import dev.parigot.engine.Instance;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/** The instances of one program: the one that was used last is used first. */
final class Pool {
  private final IntFunction<Instance> maker;
  private final Consumer<Instance> heir;
  private final Deque<Instance> idle = new ArrayDeque<>();
  private final Set<Instance> used = new HashSet<>();
  private int made;

  /**
   * @param maker makes an instance of that number, from 1
   * @param heir gets those that nobody needs any more
   */
  Pool(IntFunction<Instance> maker, Consumer<Instance> heir) {
    this.maker = maker;
    this.heir = heir;
  }

  /** Throws {@link dev.parigot.engine.CannotStart}. */
  Instance take() {
    Instance instance = idle.poll();
    return instance == null ? maker.apply(++made) : instance;
  }

  /** Whether the next one may remember earlier calls. */
  boolean remembers() {
    Instance next = idle.peek();
    return next != null && used.contains(next);
  }

  /** Ends the one that would be next. */
  void drop() {
    Instance next = idle.pop();
    used.remove(next);
    heir.accept(next);
  }

  /** Ends those that are idle. */
  void close() {
    while (!idle.isEmpty()) {
      drop();
    }
  }

  /** One that has not been called yet. */
  void keep(Instance instance) {
    idle.push(instance);
  }

  /** One that has been called. */
  void giveBack(Instance instance) {
    if (instance.usable()) {
      used.add(instance);
      idle.push(instance);
    } else {
      used.remove(instance);
    }
  }
}
