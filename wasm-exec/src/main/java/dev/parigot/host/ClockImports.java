package dev.parigot.host;

import dev.parigot.situation.HostCall;
import dev.parigot.situation.Time;
import org.graalvm.polyglot.proxy.ProxyExecutable;
import org.jspecify.annotations.Nullable;

/** {@code parigot:clock}: the time, and waiting. */
final class ClockImports implements ImportModule {
  static final String NAME = "parigot:clock";

  private final Gate gate;
  private final Time time;

  ClockImports(Gate gate, Time time) {
    this.gate = gate;
    this.time = time;
  }

  @Override
  public @Nullable ProxyExecutable function(String name) {
    return switch (name) {
      case "now_ns" -> _ -> gate.pass(NAME, name, time::nowNanos);
      case "monotonic_ns" -> _ -> gate.pass(NAME, name, time::monotonicNanos);
      case "sleep_ns" ->
          arguments -> {
            sleep(gate, time, NAME, name, arguments[0].asLong());
            return null;
          };
      default -> null;
    };
  }

  /** Waits that long, or until the deadline of the guest's call if that is sooner. */
  static void sleep(Gate gate, Time time, String module, String function, long nanos) {
    if (nanos <= 0) {
      return;
    }
    long remaining = gate.guest().call().deadlineNanos() - time.monotonicNanos();
    long wait = Math.min(nanos, remaining);
    gate.pass(
        module,
        function,
        new byte[0],
        new HostCall.Given(null, null, wait),
        () -> {
          try {
            time.sleep(wait);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new GuestStop.Cancelled();
          }
          return null;
        });
    if (nanos >= remaining) {
      throw new GuestStop.Overdue();
    }
  }
}
