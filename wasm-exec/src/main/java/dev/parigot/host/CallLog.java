package dev.parigot.host;

import dev.parigot.situation.LogSink;

/**
 * The log, as far as one call may write to it: {@link #CALL_BYTES}, then a line that says that the
 * others are dropped. A flood of lines would push out those of the app's other calls.
 */
final class CallLog {
  /** Of a line; the rest of it is cut off. */
  static final int LINE_BYTES = 16 << 10;

  /** Of all lines of a call, each with {@link #COST_OF_A_LINE} for itself. */
  static final int CALL_BYTES = 1 << 20;

  private static final int COST_OF_A_LINE = 100;
  private static final int WARNING = 3;

  private final Gate gate;
  private final LogSink sink;
  private int left = CALL_BYTES;

  CallLog(Gate gate, LogSink sink) {
    this.gate = gate;
    this.sink = sink;
  }

  /** Whether what is written now is dropped. */
  boolean full() {
    return left < 0;
  }

  /** {@code module} and {@code function} are the import by which the guest writes. */
  void write(String module, String function, int level, String message) {
    if (full()) {
      return;
    }
    left -= message.length() + COST_OF_A_LINE;
    if (full()) {
      pass(module, function, WARNING, "This call has logged 1 MiB: its other lines are dropped.");
    } else {
      pass(module, function, level, message);
    }
  }

  private void pass(String module, String function, int level, String message) {
    Guest guest = gate.guest();
    String call = guest.initializing() ? "" : guest.call().id();
    gate.pass(
        module,
        function,
        () -> {
          sink.write(guest.call().service(), guest.instance(), level, message, call);
          return null;
        });
  }

  void callHasEnded() {
    left = CALL_BYTES;
  }
}
