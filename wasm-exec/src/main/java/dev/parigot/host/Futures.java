package dev.parigot.host;

import dev.parigot.engine.CallOutcome;
import dev.parigot.situation.AsyncCalls.Claim;
import dev.parigot.situation.AsyncCalls.PendingCall;
import dev.parigot.situation.Refused;
import dev.parigot.situation.Time;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.graalvm.polyglot.proxy.ProxyExecutable;
import org.jspecify.annotations.Nullable;

/**
 * {@code parigot:future}: the calls that the present call has started, by handle. Those that nobody
 * waited for when it ends run on by themselves.
 */
final class Futures implements ImportModule {
  static final String NAME = "parigot:future";

  /** How many one call may hold; the start of another one is refused. */
  static final int MOST = 1024;

  private record Future(String service, String method, PendingCall call) {
    String callee() {
      return service + "." + method;
    }
  }

  private final Gate gate;
  private final Time time;
  private final Map<Integer, Future> pending = new HashMap<>();
  private int last;

  Futures(Gate gate, Time time) {
    this.gate = gate;
    this.time = time;
  }

  /** To be called when the call has ended: its handles mean nothing to the next one. */
  void callHasEnded() {
    if (!pending.isEmpty()) {
      pending.values().forEach(future -> future.call().abandon());
      pending.clear();
    }
  }

  boolean full() {
    return pending.size() >= MOST;
  }

  int add(String service, String method, PendingCall call) {
    do {
      last = last == Integer.MAX_VALUE ? 1 : last + 1;
    } while (pending.containsKey(last));
    pending.put(last, new Future(service, method, call));
    return last;
  }

  @Override
  public @Nullable ProxyExecutable function(String name) {
    return switch (name) {
      case "wait" -> gate.answering(arguments -> await(arguments[0].asInt()));
      case "ready" -> arguments -> ready(arguments[0].asInt());
      case "drop" ->
          arguments -> {
            drop(arguments[0].asInt());
            return null;
          };
      default -> null;
    };
  }

  private void drop(int handle) {
    Future future = pending.remove(handle);
    if (future != null) {
      future.call().abandon();
    }
  }

  private long await(int handle) {
    Guest guest = gate.guest();
    if (guest.initializing()) {
      throw new Refused(503, NAME + " can't be used in _initialize");
    }
    Future future = pending.remove(handle);
    if (future == null) {
      throw new Refused(400, "no future has the handle " + handle);
    }
    long remaining = guest.call().deadlineNanos() - time.monotonicNanos();
    Supplier<CallOutcome> end =
        gate.pass(NAME, "wait", utf8(future.callee()), () -> end(future, remaining));
    return ServiceImports.give(guest, future.callee(), end.get());
  }

  /**
   * How a call ends: by itself, or in the guest if it has not begun and is one that lives there.
   */
  private Supplier<CallOutcome> end(Future future, long nanos) {
    Guest guest = gate.guest();
    Optional<Claim> claim =
        guest.canEnter(future.service()) ? future.call().claim() : Optional.empty();
    if (claim.isPresent()) {
      Claim mine = claim.get();
      return () -> guest.enter(mine.call(), mine.request());
    }
    CallOutcome outcome = await(future.call(), nanos).orElseThrow(GuestStop.Overdue::new);
    return () -> outcome;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Optional<CallOutcome> await(PendingCall call, long nanos) {
    try {
      return call.await(nanos);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new GuestStop.Cancelled();
    }
  }

  private int ready(int handle) {
    Future future = pending.get(handle);
    if (future == null) {
      return -1;
    }
    return gate.pass(NAME, "ready", utf8(future.callee()), () -> future.call().done()) ? 1 : 0;
  }
}
