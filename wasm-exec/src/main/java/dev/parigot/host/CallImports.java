package dev.parigot.host;

import dev.parigot.situation.Call;
import dev.parigot.situation.Refused;
import dev.parigot.situation.User;
import java.nio.charset.StandardCharsets;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyExecutable;
import org.jspecify.annotations.Nullable;

/** {@code parigot:call}: what a guest may know of the call that it answers. */
final class CallImports implements ImportModule {
  static final String NAME = "parigot:call";

  private final Gate gate;

  CallImports(Gate gate) {
    this.gate = gate;
  }

  @Override
  public @Nullable ProxyExecutable function(String name) {
    if (!name.equals("get")) {
      return null;
    }
    return gate.answering(this::get);
  }

  private long get(Value[] arguments) {
    Guest guest = gate.guest();
    byte[] name = guest.memory().readName(arguments[0].asInt(), arguments[1].asInt());
    String key = new String(name, StandardCharsets.UTF_8);
    if (guest.initializing()) {
      throw new Refused(503, "there is no call yet in _initialize");
    }
    return guest.give(value(guest.call(), key).getBytes(StandardCharsets.UTF_8));
  }

  private static String value(Call call, String key) {
    return switch (key) {
      case "id" -> call.id();
      case "caller" -> call.caller() == null ? "" : call.caller();
      case "deadline_ns" -> Long.toString(call.deadlineNanos());
      case "attempt" -> Integer.toString(call.attempt());
      case "traceparent" -> call.traceparent();
      case "user" -> user(call).id();
      case "claims" -> user(call).claims();
      default -> throw new Refused(404, "a call has no " + key);
    };
  }

  private static User user(Call call) {
    User user = call.user();
    if (user == null) {
      throw new Refused(404, "nobody is signed in");
    }
    return user;
  }
}
