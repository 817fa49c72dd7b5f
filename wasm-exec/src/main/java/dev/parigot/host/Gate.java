package dev.parigot.host;

import dev.parigot.situation.HostCall;
import dev.parigot.situation.Interceptor;
import dev.parigot.situation.Refused;
import java.util.function.Supplier;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyExecutable;
import org.jspecify.annotations.Nullable;

/** Where the host calls of one instance leave it: the deadline first, then the interceptor. */
final class Gate {
  private static final byte[] NO_KEY = {};

  private final Guest guest;
  private final Interceptor interceptor;

  Gate(Guest guest, Interceptor interceptor) {
    this.guest = guest;
    this.interceptor = interceptor;
  }

  Guest guest() {
    return guest;
  }

  /** What an import does that can tell its guest of an error. */
  interface Answer {
    /** Answers packed bytes; a {@link Refused} becomes the guest's error. */
    long to(Value[] arguments);
  }

  ProxyExecutable answering(Answer answer) {
    return arguments -> {
      try {
        return answer.to(arguments);
      } catch (Refused refused) {
        return guest.fail(refused.code(), refused.message());
      }
    };
  }

  <T extends @Nullable Object> T pass(String module, String function, Supplier<T> effect) {
    return pass(module, function, NO_KEY, effect);
  }

  <T extends @Nullable Object> T pass(
      String module, String function, byte[] key, Supplier<T> effect) {
    return pass(module, function, key, HostCall.Given.NOTHING, effect);
  }

  <T extends @Nullable Object> T pass(
      String module, String function, byte[] key, HostCall.Given given, Supplier<T> effect) {
    if (interceptor.passes()) {
      return guest.outside(effect);
    }
    HostCall call = new HostCall(guest.call(), guest.instance(), module, function, key, given);
    return guest.outside(() -> interceptor.around(call, effect));
  }
}
