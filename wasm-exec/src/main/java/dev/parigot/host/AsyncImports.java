package dev.parigot.host;

import dev.parigot.situation.AsyncCalls;
import dev.parigot.situation.AsyncCalls.PendingCall;
import dev.parigot.situation.Refused;
import java.util.Optional;
import org.graalvm.polyglot.proxy.ProxyExecutable;

/** {@code parigot:async/NAME}: calls to another service of the app, started and not waited for. */
final class AsyncImports implements ImportModule {
  static final String PREFIX = "parigot:async/";
  private static final int REFUSED = 0;

  private final Gate gate;
  private final AsyncCalls calls;
  private final Futures futures;
  private final String service;

  AsyncImports(Gate gate, AsyncCalls calls, Futures futures, String service) {
    this.gate = gate;
    this.calls = calls;
    this.futures = futures;
    this.service = service;
  }

  @Override
  public ProxyExecutable function(String method) {
    String module = PREFIX + service;
    return arguments -> {
      Guest guest = gate.guest();
      try {
        byte[] request = ServiceImports.request(guest, arguments[0].asInt(), arguments[1].asInt());
        if (futures.full()) {
          return REFUSED;
        }
        Optional<PendingCall> call =
            gate.pass(module, method, () -> calls.start(guest.call(), service, method, request));
        return call.map(started -> futures.add(service, method, started)).orElse(REFUSED);
      } catch (Refused _) {
        return REFUSED;
      }
    };
  }
}
