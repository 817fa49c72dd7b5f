package dev.parigot.workbench;

import dev.parigot.situation.HostCall;
import dev.parigot.situation.Interceptor;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One call at a time, in the order in which they come: who steps through one is not led into
 * another. A guest that waits lets the next one go on meanwhile, as that may be what it waits for.
 */
final class Turn implements Interceptor {
  private final ReentrantLock lock = new ReentrantLock(true);

  /** Takes a turn for each task. */
  Executor over(Executor threads) {
    return task ->
        threads.execute(() -> {
          lock.lock();
          try {
            task.run();
          } finally {
            lock.unlock();
          }
        });
  }

  @Override
  public <T extends @Nullable Object> T around(HostCall call, Supplier<T> effect) {
    if (!lock.isHeldByCurrentThread() || !waits(call)) {
      return effect.get();
    }
    lock.unlock();
    try {
      return effect.get();
    } finally {
      lock.lock();
    }
  }

  /** An app may call itself over HTTP, too. */
  private static boolean waits(HostCall call) {
    return switch (call.module()) {
      case "parigot:future" -> call.function().equals("wait");
      case "parigot:clock" -> call.function().equals("sleep_ns");
      case "parigot:http" -> true;
      default -> false;
    };
  }
}
