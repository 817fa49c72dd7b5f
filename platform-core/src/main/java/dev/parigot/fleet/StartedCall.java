package dev.parigot.fleet;

import dev.parigot.engine.CallOutcome;
import dev.parigot.engine.CallOutcome.Failed;
import dev.parigot.engine.CallOutcome.Returned;
import dev.parigot.situation.AsyncCalls.PendingCall;
import dev.parigot.situation.Time;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A call that a service has started and may wait for. It keeps its deployment, and runs in the
 * background of its app, or, if that has not begun when somebody waits, on the thread that waits:
 * so those who wait never wait for each other's turn.
 */
final class StartedCall implements PendingCall, Background.Task {
  /** The deadline of a run that only the service's own timeout ends. */
  static final long NO_END = Long.MAX_VALUE;

  private static final Logger log = LoggerFactory.getLogger(StartedCall.class);

  private final RunningDeployment deployment;
  private final Time time;
  private final Run run;
  private final CompletableFuture<CallOutcome> end = new CompletableFuture<>();

  private long heldBytes;
  private boolean abandoned;

  /** Makes the call, no later than a moment of the monotonic clock, or {@link #NO_END}. */
  @FunctionalInterface
  interface Run {
    CallOutcome until(long deadline);
  }

  private StartedCall(RunningDeployment deployment, Time time, long requestBytes, Run run) {
    this.deployment = deployment;
    this.time = time;
    this.heldBytes = requestBytes;
    this.run = run;
  }

  /** Starts it on behalf of a call that is in the deployment; empty if the app has no room. */
  static Optional<PendingCall> start(
      RunningDeployment deployment, Time time, long requestBytes, Run run) {
    Lane lane = deployment.lane();
    if (!lane.hold(requestBytes)) {
      return Optional.empty();
    }
    StartedCall call = new StartedCall(deployment, time, requestBytes, run);
    deployment.enterAgain();
    if (!lane.started().submit(call)) {
      lane.letGo(requestBytes);
      deployment.exit();
      return Optional.empty();
    }
    return Optional.of(call);
  }

  @Override
  public boolean done() {
    return end.isDone();
  }

  @Override
  public Optional<CallOutcome> await(long nanos) throws InterruptedException {
    if (deployment.lane().started().withdraw(this)) {
      end(outcome(time.monotonicNanos() + nanos));
    }
    try {
      return Optional.of(end.get(nanos, TimeUnit.NANOSECONDS));
    } catch (TimeoutException e) {
      return Optional.empty();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } finally {
      abandon();
    }
  }

  @Override
  public synchronized void abandon() {
    abandoned = true;
    if (end.isDone()) {
      holdInstead(0);
    }
  }

  @Override
  public void run() {
    end(outcome(NO_END));
  }

  @Override
  public void drop() {
    end(new Failed(503, "The app is being stopped."));
  }

  private CallOutcome outcome(long deadline) {
    try {
      return run.until(deadline);
    } catch (RuntimeException | Error e) {
      log.error("A started call failed in the platform", e);
      return new Failed(500, "The platform failed during the call.");
    }
  }

  private void end(CallOutcome outcome) {
    synchronized (this) {
      int bytes = outcome instanceof Returned returned ? returned.response().length : 0;
      end.complete(
          holdInstead(abandoned ? 0 : bytes)
              ? outcome
              : new Failed(507, "The results of started calls that nobody took fill the room."));
    }
    deployment.exit();
  }

  /** Holds so many bytes instead of what it held; nothing if there is no room. */
  private boolean holdInstead(long bytes) {
    deployment.lane().letGo(heldBytes);
    boolean room = deployment.lane().hold(bytes);
    heldBytes = room ? bytes : 0;
    return room;
  }
}
