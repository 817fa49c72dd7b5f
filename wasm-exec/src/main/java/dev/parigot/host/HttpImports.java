package dev.parigot.host;

import dev.parigot.engine.Limits;
import dev.parigot.situation.Outbound;
import dev.parigot.situation.Refused;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyExecutable;
import org.jspecify.annotations.Nullable;

/** {@code parigot:http}: requests to HTTP servers outside of the app. */
final class HttpImports implements ImportModule {
  static final String NAME = "parigot:http";

  private final Gate gate;
  private final @Nullable Outbound outbound;

  HttpImports(Gate gate, @Nullable Outbound outbound) {
    this.gate = gate;
    this.outbound = outbound;
  }

  @Override
  public @Nullable ProxyExecutable function(String name) {
    return name.equals("send") ? gate.answering(this::send) : null;
  }

  private long send(Value[] arguments) {
    Guest guest = gate.guest();
    int pointer = arguments[0].asInt();
    int length = arguments[1].asInt();
    guest.memory().check(pointer, length);
    if (guest.initializing()) {
      throw new Refused(503, NAME + " can't be used in _initialize");
    }
    if (Integer.compareUnsigned(length, Limits.MESSAGE_BYTES) > 0) {
      throw new Refused(413, "a request has at most 10 MiB");
    }
    if (outbound == null) {
      throw new Refused(403, "nothing outside can be reached from here");
    }
    byte[] request = guest.memory().read(pointer, length);
    return guest.give(gate.pass(NAME, "send", () -> outbound.send(guest.call(), request)));
  }
}
