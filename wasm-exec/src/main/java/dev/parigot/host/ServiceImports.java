package dev.parigot.host;

import dev.parigot.engine.CallOutcome;
import dev.parigot.engine.Limits;
import dev.parigot.situation.Refused;
import dev.parigot.situation.ServiceCalls;
import org.graalvm.polyglot.proxy.ProxyExecutable;

/** {@code parigot:service/NAME}: calls to another service of the app, waited for. */
final class ServiceImports implements ImportModule {
  static final String PREFIX = "parigot:service/";

  private final Gate gate;
  private final ServiceCalls calls;
  private final String service;

  ServiceImports(Gate gate, ServiceCalls calls, String service) {
    this.gate = gate;
    this.calls = calls;
    this.service = service;
  }

  @Override
  public ProxyExecutable function(String method) {
    String module = PREFIX + service;
    return gate.answering(arguments -> {
      Guest guest = gate.guest();
      byte[] request = request(guest, arguments[0].asInt(), arguments[1].asInt());
      CallOutcome outcome =
          gate.pass(module, method, () -> calls.call(guest.call(), service, method, request));
      return give(guest, service + "." + method, outcome);
    });
  }

  /** The caller's request, or {@link Refused} if a call can't be made with it, or not now. */
  static byte[] request(Guest guest, int pointer, int length) {
    guest.memory().check(pointer, length);
    if (guest.initializing()) {
      throw new Refused(503, "services can't be called in _initialize");
    }
    if (Integer.compareUnsigned(length, Limits.MESSAGE_BYTES) > 0) {
      throw new Refused(413, "a request has at most 10 MiB");
    }
    return guest.memory().read(pointer, length);
  }

  /** Gives the guest what became of its call. */
  static long give(Guest guest, String callee, CallOutcome outcome) {
    return switch (outcome) {
      case CallOutcome.Returned returned -> guest.give(returned.response());
      case CallOutcome.Failed failed -> guest.fail(failed.code(), failed.message());
      case CallOutcome.Trapped trapped ->
          guest.fail(outcome.code(), callee + " trapped: " + firstLine(trapped.reason()));
      case CallOutcome.LimitReached reached ->
          guest.fail(
              outcome.code(),
              switch (reached.limit()) {
                case TIME -> callee + " timed out";
                case MEMORY -> callee + " ran out of memory";
              });
    };
  }

  private static String firstLine(String text) {
    int end = text.indexOf('\n');
    return end < 0 ? text : text.substring(0, end);
  }
}
