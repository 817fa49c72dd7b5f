package dev.parigot.fleet;

import dev.parigot.engine.CallOutcome;
import dev.parigot.queue.Message;
import dev.parigot.situation.AsyncCalls;
import dev.parigot.situation.Call;
import dev.parigot.situation.CallIds;
import dev.parigot.situation.ServiceCalls;
import dev.parigot.situation.Time;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The ways in which calls get to services: whoever makes one has entered its deployment. */
final class Calls implements ServiceCalls, AsyncCalls {
  /** The deployment that the call on this thread began in: calls between services stay in it. */
  private static final ScopedValue<RunningDeployment> CURRENT = ScopedValue.newInstance();

  private static final byte[] NOTHING = {};

  private final Time time;
  private final CallIds ids;
  private final Executor guests;

  Calls(Time time, CallIds ids, Executor guests) {
    this.time = time;
    this.ids = ids;
    this.guests = guests;
  }

  /** The deployment that the call on this thread began in. */
  RunningDeployment current() {
    return CURRENT.get();
  }

  /** A call from outside: waits for room in the app and runs on a guest's thread. */
  CallOutcome fromOutside(
      RunningDeployment deployment, String service, String method, byte[] request, Origin origin) {
    RunningService called = deployment.service(service);
    if (called == null) {
      return noService(service);
    }
    long deadline = called.deadlineWithin(origin.timeoutNanos());
    CallOutcome refusal = deployment.lane().enter(time, deadline, called.pool().waits());
    if (refusal != null) {
      return called.refused(refusal);
    }
    try {
      String before = origin.traceparent();
      String trace = before == null ? ids.trace() : ids.within(before);
      Call call =
          new Call(
              ids.call(),
              service,
              method,
              caller(deployment, origin),
              deadline,
              1,
              trace,
              origin.user());
      return onGuestThread(() -> within(deployment, () -> called.call(call, request)));
    } finally {
      deployment.lane().exit();
    }
  }

  /** A name that the release does not have is nobody's: names are kept where calls are counted. */
  private static @Nullable String caller(RunningDeployment deployment, Origin origin) {
    String caller = origin.caller();
    return caller == null || deployment.service(caller) == null ? null : caller;
  }

  /**
   * A call that the platform itself has a reason for: as one from outside, but it is told before it
   * begins, and can be cancelled.
   */
  CallOutcome ofPlatform(
      RunningDeployment deployment,
      RunningService called,
      String method,
      Cancellation cancellation,
      Consumer<Call> told) {
    long deadline = called.deadline();
    CallOutcome refusal = deployment.lane().enter(time, deadline, called.pool().waits());
    if (refusal != null) {
      return called.refused(refusal);
    }
    try {
      Call call = new Call(ids.call(), called.name(), method, null, deadline, 1, ids.trace());
      told.accept(call);
      return onGuestThread(
          () -> cancellation.around(() -> within(deployment, () -> called.call(call, NOTHING))));
    } finally {
      deployment.lane().exit();
    }
  }

  /** The call that a message makes, on the calling thread. */
  CallOutcome ofMessage(
      RunningDeployment deployment, RunningService service, String method, Message message) {
    String trace = ids.within(message.traceparent());
    Call call =
        new Call(
            ids.call(), service.name(), method, null, service.deadline(), message.attempt(), trace);
    return within(deployment, () -> service.call(call, message.content()));
  }

  /** Asks a service of a deployment that nobody else calls yet whether it is well. */
  CallOutcome ofHealth(RunningDeployment deployment, RunningService service) {
    Call call =
        new Call(ids.call(), service.name(), "health", null, service.deadline(), 1, ids.trace());
    return within(deployment, () -> service.call(call, NOTHING));
  }

  @Override
  public CallOutcome call(Call caller, String service, String method, byte[] request) {
    StackRoom.require();
    RunningService called = current().service(service);
    return called == null
        ? noService(service)
        : called.call(
            within(caller, service, method, called.deadline(caller.deadlineNanos())), request);
  }

  @Override
  public Optional<PendingCall> start(Call caller, String service, String method, byte[] request) {
    StackRoom.require();
    RunningDeployment deployment = current();
    RunningService called = deployment.service(service);
    if (called == null) {
      return Optional.of(new Ended(noService(service)));
    }
    StartedCall.Run run =
        atMost -> {
          long deadline =
              atMost == StartedCall.NO_END ? called.deadline() : called.deadline(atMost);
          Call call = within(caller, service, method, deadline);
          return within(deployment, () -> called.call(call, request));
        };
    return StartedCall.start(deployment, time, request.length, run);
  }

  /** A started call that had its end at once. */
  private record Ended(CallOutcome outcome) implements PendingCall {
    @Override
    public boolean done() {
      return true;
    }

    @Override
    public Optional<CallOutcome> await(long nanos) {
      return Optional.of(outcome);
    }
  }

  private Call within(Call caller, String service, String method, long deadline) {
    return new Call(
        ids.call(),
        service,
        method,
        caller.service(),
        deadline,
        1,
        ids.within(caller.traceparent()),
        caller.user());
  }

  private static CallOutcome within(RunningDeployment deployment, Supplier<CallOutcome> call) {
    return ScopedValue.where(CURRENT, deployment).call(call::get);
  }

  /** Every wait of the task is bounded by the call's deadline, and so is this one. */
  private CallOutcome onGuestThread(Supplier<CallOutcome> task) {
    if (GuestThreads.isOne()) {
      return task.get();
    }
    try {
      return CompletableFuture.supplyAsync(task, guests).join();
    } catch (RejectedExecutionException e) {
      return CallOutcome.Failed.beforeItBegan(
          429, "The platform has too many calls waiting; try later.");
    }
  }

  private static CallOutcome noService(String service) {
    return new CallOutcome.Failed(404, "The app has no service " + service + ".");
  }
}
