package dev.parigot.host;

import dev.parigot.engine.Limits;
import dev.parigot.situation.HostCall;
import dev.parigot.situation.Queues;
import dev.parigot.situation.Refused;
import java.nio.charset.StandardCharsets;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyExecutable;
import org.jspecify.annotations.Nullable;

/** {@code parigot:queue}: messages to a method of the app, delivered at least once. */
final class QueueImports implements ImportModule {
  static final String NAME = "parigot:queue";

  private final Gate gate;
  private final @Nullable Queues queues;

  QueueImports(Gate gate, @Nullable Queues queues) {
    this.gate = gate;
    this.queues = queues;
  }

  @Override
  public @Nullable ProxyExecutable function(String name) {
    return name.equals("send") ? gate.answering(this::send) : null;
  }

  private long send(Value[] arguments) {
    Guest guest = gate.guest();
    byte[] queue = guest.memory().readName(arguments[0].asInt(), arguments[1].asInt());
    int pointer = arguments[2].asInt();
    int length = arguments[3].asInt();
    guest.memory().check(pointer, length);
    if (guest.initializing()) {
      throw new Refused(503, NAME + " can't be used in _initialize");
    }
    if (Integer.compareUnsigned(length, Limits.MESSAGE_BYTES) > 0) {
      throw new Refused(413, "a message has at most 10 MiB");
    }
    if (queues == null) {
      throw new Refused(503, "nothing delivers messages here");
    }
    byte[] message = guest.memory().read(pointer, length);
    String name = new String(queue, StandardCharsets.UTF_8);
    return gate.pass(
        NAME,
        "send",
        queue,
        HostCall.Given.of(message),
        () -> {
          queues.send(guest.call(), name, message);
          return Packed.EMPTY;
        });
  }
}
