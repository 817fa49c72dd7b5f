package dev.parigot.engine;

import static java.util.Objects.requireNonNull;

import dev.parigot.situation.Situation;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** The guests of the tests, on one engine for the whole JVM: a compiled engine is slow to start. */
public final class Guests {
  static final ScheduledExecutorService WATCHDOG =
      Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory());
  static final Executor CANCELLERS =
      Executors.newCachedThreadPool(Thread.ofPlatform().daemon().factory());

  /** For guests, one at a time each. */
  public static final Executor THREADS =
      Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(null, task, "guest", Limits.TEST_STACK_BYTES);
        thread.setDaemon(true);
        return thread;
      });

  public static final Engine ENGINE = Engine.start(new EngineOptions(WATCHDOG, CANCELLERS, false));

  private Guests() {}

  static byte[] file(String guest) {
    try (InputStream in = Guests.class.getResourceAsStream("/guests/" + guest + ".wasm")) {
      return requireNonNull(in, guest).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Code code(String guest) {
    return code(guest, Limits.DEFAULT);
  }

  static Code code(String guest, Limits limits) {
    return ENGINE.code("sha256:" + guest, file(guest), limits);
  }

  static Instance start(String guest, Situation situation) {
    return start(guest, Limits.DEFAULT, situation);
  }

  static Instance start(String guest, Limits limits, Situation situation) {
    return ENGINE.instantiate(code(guest, limits), "tea", "tea-1", situation);
  }
}
