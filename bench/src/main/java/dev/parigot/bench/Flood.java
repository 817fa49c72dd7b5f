package dev.parigot.bench;

import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/**
 * Connections that call a method without a pause, from a process of their own, until its standard
 * input ends; one that is refused waits as long as the response says. Then it prints how many calls
 * were answered, and how many refused.
 */
final class Flood {
  private static final int REFUSED = 429;

  /** What {@code Retry-After} says. */
  private static final int SECONDS_AFTER_REFUSAL = 1;

  private final AtomicBoolean on = new AtomicBoolean(true);
  private final LongAdder answered = new LongAdder();
  private final LongAdder refused = new LongAdder();

  private Flood() {}

  /** Port, host, method and number of connections. */
  public static void main(String[] arguments) throws IOException {
    Flood flood = new Flood();
    ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
    for (int i = 0; i < Integer.parseInt(arguments[3]); i++) {
      callers.execute(() -> flood.call(Integer.parseInt(arguments[0]), arguments[1], arguments[2]));
    }
    while (System.in.read() >= 0) {
      // The end of the input is the end of the flood.
    }
    flood.on.set(false);
    System.out.println(flood.answered.sum() + " " + flood.refused.sum());
    System.exit(0); // calls in progress need not be waited for
  }

  private void call(int port, String host, String method) {
    try (Caller caller = new Caller(port, host, method, 0)) {
      while (on.get()) {
        if (caller.call() == REFUSED) {
          refused.increment();
          TimeUnit.SECONDS.sleep(SECONDS_AFTER_REFUSAL);
        } else {
          answered.increment();
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException("A connection of the flood broke", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
