package dev.parigot.fleet;

import dev.parigot.engine.CallOutcome;
import dev.parigot.engine.Limits;
import dev.parigot.metering.Metering;
import dev.parigot.release.ReleasedService;
import dev.parigot.situation.Call;
import dev.parigot.situation.Time;
import java.util.Set;

/** A service of a deployment: all that a call of it needs, looked up once. */
final class RunningService {
  private final ReleasedService released;
  private final Set<String> methods;
  private final InstancePool pool;
  private final Metering.Meter meter;
  private final Time time;

  RunningService(ReleasedService released, InstancePool pool, Metering.Meter meter, Time time) {
    this.released = released;
    this.methods = Set.copyOf(released.methods());
    this.pool = pool;
    this.meter = meter;
    this.time = time;
  }

  ReleasedService released() {
    return released;
  }

  String name() {
    return released.name();
  }

  InstancePool pool() {
    return pool;
  }

  /** When a call that begins now has to end. */
  long deadline() {
    return time.monotonicNanos() + released.timeoutNanos();
  }

  /** The same, but no later than another moment. */
  long deadline(long atMost) {
    long own = deadline();
    return own - atMost < 0 ? own : atMost;
  }

  /** The same, of a call that may take no longer than that. */
  long deadlineWithin(long nanos) {
    return time.monotonicNanos() + Math.min(released.timeoutNanos(), nanos);
  }

  /** Runs a call in an instance, on the calling thread. */
  CallOutcome call(Call call, byte[] request) {
    if (!methods.contains(call.method())) {
      return new CallOutcome.Failed(
          404, "The service " + name() + " has no method " + call.method() + ".");
    }
    if (request.length > Limits.MESSAGE_BYTES) {
      return new CallOutcome.Failed(413, "A request has 10 MiB at most.");
    }
    long start = time.monotonicNanos();
    CallOutcome outcome = pool.call(call, request);
    meter.record(call.caller(), isError(outcome), time.monotonicNanos() - start);
    return outcome;
  }

  /** A call from outside for which the app had no room. */
  CallOutcome refused(CallOutcome refusal) {
    meter.record(null, true, 0);
    return refusal;
  }

  /** What the app refuses is an answer; what it or the platform could not do is an error. */
  private static boolean isError(CallOutcome outcome) {
    int code = outcome.code();
    return code == 408 || code == 429 || (code >= 500 && code < 600);
  }
}
