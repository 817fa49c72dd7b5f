package dev.parigot.workbench;

import dev.parigot.engine.CallOutcome;
import dev.parigot.engine.CallOutcome.Failed;
import dev.parigot.engine.Limits;
import dev.parigot.situation.AsyncCalls;
import dev.parigot.situation.Call;
import dev.parigot.situation.CallIds;
import dev.parigot.situation.ServiceCalls;
import dev.parigot.situation.Time;
import dev.parigot.situation.User;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The ways in which calls get to the services of one version of an app: all pass here. */
final class Calls implements ServiceCalls, AsyncCalls {
  /** Started calls that have not ended, as production has it for an app. */
  private static final int MOST_STARTED = 1024;

  /** What went wrong during the call from outside that this thread works for. */
  private static final ScopedValue<List<Mishap>> MISHAPS = ScopedValue.newInstance();

  private final Map<String, Callee> callees;
  private final Time time;
  private final CallIds ids;
  private final Executor guests;
  private final Journal journal;
  private final Tenancy tenancy;
  private final Semaphore started = new Semaphore(MOST_STARTED);
  private @Nullable Program program;

  /**
   * A service that can be called.
   *
   * @param remote where its calls go, or null if it runs here
   */
  record Callee(List<String> methods, long timeoutNanos, @Nullable Remote remote) {
    private boolean offers(Wanted wanted) {
      return methods.contains(wanted.method);
    }
  }

  /**
   * @param guests runs guests, each on a platform thread; grows with need
   */
  Calls(
      Map<String, Callee> callees,
      Time time,
      CallIds ids,
      Executor guests,
      Journal journal,
      Tenancy tenancy) {
    this.callees = callees;
    this.time = time;
    this.ids = ids;
    this.guests = guests;
    this.journal = journal;
    this.tenancy = tenancy;
  }

  /** To be called once, before the first call. */
  void runs(Program loaded) {
    this.program = loaded;
  }

  /** What a call from outside came to, and what went wrong on the way. */
  record Told(CallOutcome outcome, List<Mishap> mishaps) {}

  /**
   * A call that no service makes; waits for its end. The version must have been entered.
   *
   * @param user who is signed in, or null for nobody
   */
  Told fromOutside(String service, String method, byte[] request, @Nullable User user) {
    return fromOutside(service, method, 1, ids.trace(), user, request, new Cancellation());
  }

  /** The same on behalf of nobody, of a call that can be cancelled. */
  Told fromOutside(String service, String method, byte[] request, Cancellation cancellation) {
    return fromOutside(service, method, 1, ids.trace(), null, request, cancellation);
  }

  /** The delivery of a message; the same trace goes on. */
  Told ofMessage(String service, String method, Message message) {
    return fromOutside(
        service,
        method,
        message.attempt(),
        ids.within(message.traceparent()),
        null,
        message.content(),
        new Cancellation());
  }

  private Told fromOutside(
      String service,
      String method,
      int attempt,
      String trace,
      @Nullable User user,
      byte[] request,
      Cancellation cancellation) {
    Wanted wanted =
        new Wanted(service, method, null, Long.MAX_VALUE, attempt, trace, user, request);
    List<Mishap> mishaps = new CopyOnWriteArrayList<>();
    CallOutcome outcome =
        onGuestThread(() ->
            ScopedValue.where(MISHAPS, mishaps)
                .call(() -> cancellation.around(() -> make(wanted))));
    return new Told(outcome, mishaps);
  }

  @Override
  public CallOutcome call(Call caller, String service, String method, byte[] request) {
    return make(
        new Wanted(
            service,
            method,
            caller.service(),
            caller.deadlineNanos(),
            1,
            ids.within(caller.traceparent()),
            caller.user(),
            request));
  }

  @Override
  public Optional<PendingCall> start(Call caller, String service, String method, byte[] request) {
    if (!started.tryAcquire()) {
      return Optional.empty();
    }
    tenancy.enterAgain();
    Wanted wanted =
        new Wanted(
            service,
            method,
            caller.service(),
            Long.MAX_VALUE,
            1,
            ids.within(caller.traceparent()),
            caller.user(),
            request);
    return Optional.of(new Started(wanted));
  }

  /**
   * A call that was started. Until it has begun on a thread of its own, who waits for it may take
   * it over, so that nobody waits for an instance that it is in itself.
   */
  private final class Started implements PendingCall {
    private final Wanted wanted;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final CompletableFuture<CallOutcome> end;

    Started(Wanted wanted) {
      this.wanted = wanted;
      this.end = CompletableFuture.supplyAsync(this::run, guests);
    }

    private CallOutcome run() {
      try {
        return make(wanted, this::begin);
      } finally {
        started.release();
        tenancy.leave();
      }
    }

    private boolean begin() {
      return begun.compareAndSet(false, true);
    }

    @Override
    public boolean done() {
      return end.isDone();
    }

    @Override
    public Optional<Claim> claim() {
      Callee callee = callees.get(wanted.service);
      return callee != null && callee.remote() == null && callee.offers(wanted) && begin()
          ? Optional.of(new Claim(made(wanted, callee), wanted.request))
          : Optional.empty();
    }

    @Override
    public Optional<CallOutcome> await(long nanos) throws InterruptedException {
      try {
        return Optional.of(end.get(nanos, TimeUnit.NANOSECONDS));
      } catch (TimeoutException e) {
        return Optional.empty();
      } catch (ExecutionException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /**
   * A call that is to be made.
   *
   * @param atMost a deadline that is the call's if its own is later
   */
  private record Wanted(
      String service,
      String method,
      @Nullable String caller,
      long atMost,
      int attempt,
      String trace,
      @Nullable User user,
      byte[] request) {}

  /** The call as it is made now. */
  private Call made(Wanted wanted, Callee callee) {
    long own = time.monotonicNanos() + callee.timeoutNanos();
    return new Call(
        ids.call(),
        wanted.service,
        wanted.method,
        wanted.caller,
        Math.min(own, wanted.atMost),
        wanted.attempt,
        wanted.trace,
        wanted.user);
  }

  private CallOutcome make(Wanted wanted) {
    return make(wanted, () -> true);
  }

  private CallOutcome make(Wanted wanted, BooleanSupplier begin) {
    String service = wanted.service;
    Callee callee = callees.get(service);
    if (callee == null) {
      return new Failed(404, "The app has no service " + service + ".");
    }
    if (!callee.offers(wanted)) {
      return new Failed(404, "The service " + service + " has no method " + wanted.method + ".");
    }
    if (wanted.request.length > Limits.MESSAGE_BYTES) {
      return new Failed(413, "A request has 10 MiB at most.");
    }
    Call call = made(wanted, callee);
    CallOutcome outcome =
        callee.remote() == null
            ? running().call(call, wanted.request, begin)
            : callee.remote().call(call, wanted.request);
    remember(new Mishap(service, wanted.method, outcome));
    return outcome;
  }

  private Program running() {
    if (program == null) {
      throw new IllegalStateException("nothing is loaded yet");
    }
    return program;
  }

  private void remember(Mishap mishap) {
    if (Mishap.is(mishap.outcome())) {
      journal.log(mishap.service(), 4, mishap.text());
      if (MISHAPS.isBound()) {
        MISHAPS.get().add(mishap);
      }
    } else if (mishap.outcome() instanceof Failed(int code, String _, boolean _)
        && code >= 500
        && code < 600) {
      journal.log(mishap.service(), 4, mishap.text());
    }
  }

  /** The waits of the task are bounded by the call's deadline, and so is this one. */
  private CallOutcome onGuestThread(Supplier<CallOutcome> task) {
    return CompletableFuture.supplyAsync(task, guests).join();
  }
}
