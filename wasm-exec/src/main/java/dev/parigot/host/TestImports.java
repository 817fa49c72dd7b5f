package dev.parigot.host;

import dev.parigot.engine.CallOutcome;
import dev.parigot.engine.Limits;
import dev.parigot.situation.Refused;
import dev.parigot.situation.TestControl;
import dev.parigot.situation.User;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyExecutable;
import org.jspecify.annotations.Nullable;

/** {@code parigot:test}: what only test modules may do. */
final class TestImports implements ImportModule {
  static final String NAME = "parigot:test";

  private final Gate gate;
  private final TestControl test;

  TestImports(Gate gate, TestControl test) {
    this.gate = gate;
    this.test = test;
  }

  @Override
  public @Nullable ProxyExecutable function(String name) {
    return switch (name) {
      case "advance_ns" ->
          arguments -> {
            long nanos = arguments[0].asLong();
            return told(name, () -> test.advance(nanos));
          };
      case "quiesce" -> _ -> told(name, test::quiesce);
      case "run_cron" -> gate.answering(this::runCron);
      case "published" -> gate.answering(this::published);
      case "sign_in" -> gate.answering(this::signIn);
      default -> null;
    };
  }

  private @Nullable Object told(String name, Runnable effect) {
    if (gate.guest().initializing()) {
      throw new GuestStop.Trap(NAME + " can't be used in _initialize");
    }
    return gate.<@Nullable Object>pass(
        NAME,
        name,
        () -> {
          effect.run();
          return null;
        });
  }

  private long published(Value[] arguments) {
    Guest guest = gate.guest();
    byte[] key = guest.memory().readName(arguments[0].asInt(), arguments[1].asInt());
    if (guest.initializing()) {
      throw new Refused(503, NAME + " can't be used in _initialize");
    }
    String channel = new String(key, StandardCharsets.UTF_8);
    List<byte[]> messages = gate.pass(NAME, "published", key, () -> test.published(channel));
    return guest.give(ByteLists.encode(messages, Limits.MESSAGE_BYTES));
  }

  /** Nothing is given back but that it was done, or why it was not. */
  private long signIn(Value[] arguments) {
    Guest guest = gate.guest();
    int length = arguments[1].asInt();
    guest.memory().check(arguments[0].asInt(), length);
    if (guest.initializing()) {
      throw new Refused(503, NAME + " can't be used in _initialize");
    }
    if (Integer.compareUnsigned(length, Claims.MOST_BYTES) > 0) {
      throw new Refused(413, "the claims of a user have at most 64 KiB");
    }
    byte[] claims = guest.memory().read(arguments[0].asInt(), length);
    User user = length == 0 ? null : Claims.user(claims);
    String id = user == null ? "" : user.id();
    var _ = gate.pass(NAME, "sign_in", id.getBytes(StandardCharsets.UTF_8), () -> id);
    guest.actAs(user);
    return 0;
  }

  private long runCron(Value[] arguments) {
    Guest guest = gate.guest();
    byte[] key = guest.memory().readName(arguments[0].asInt(), arguments[1].asInt());
    if (guest.initializing()) {
      throw new Refused(503, NAME + " can't be used in _initialize");
    }
    String name = new String(key, StandardCharsets.UTF_8);
    CallOutcome outcome = gate.pass(NAME, "run_cron", key, () -> test.runCron(guest.call(), name));
    return ServiceImports.give(guest, "the call of " + name, outcome);
  }
}
