package dev.parigot.engine;

import dev.parigot.contract.Method;
import dev.parigot.engine.CallOutcome.Failed;
import dev.parigot.engine.CallOutcome.Limit;
import dev.parigot.engine.CallOutcome.LimitReached;
import dev.parigot.engine.CallOutcome.Returned;
import dev.parigot.host.GuestMemory;
import dev.parigot.host.Packed;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.graalvm.polyglot.Value;

/** How calls enter a service: allocate, copy, call, copy, free. */
final class ServiceEntry implements Entry {
  private static final byte[] NOTHING = {};

  private final GuestMemory memory;
  private final Room room;
  private final Map<String, Value> methods;
  private final Runnable spoiled;

  /**
   * @param spoiled told when the instance must not be entered again although its call succeeded
   */
  ServiceEntry(Exports exports, List<Method> methods, GuestMemory memory, Runnable spoiled) {
    this.memory = memory;
    this.room = new Room(exports, memory);
    this.methods =
        methods.stream().collect(Collectors.toMap(Method::name, each -> exports.get(each.name())));
    this.spoiled = spoiled;
  }

  @Override
  public CallOutcome call(String method, byte[] request) {
    Value function = methods.get(method);
    if (function == null) {
      return new Failed(404, "There is no method " + method);
    }
    int pointer = room.copyIn(request);
    if (pointer == 0 && request.length > 0) {
      return new LimitReached(Limit.MEMORY);
    }
    long packed = function.execute(pointer, request.length).asLong();
    memory.guestHasRun();
    CallOutcome outcome = decode(packed);
    if (!room.free(pointer, request.length)) {
      spoiled.run();
    }
    return outcome;
  }

  @Override
  public void warm() {
    room.warm();
  }

  private CallOutcome decode(long packed) {
    int pointer = Packed.pointer(packed);
    int length = Packed.length(packed);
    if (length > 0 && !memory.contains(pointer, length)) {
      return new Failed(500, "The response is outside the service's memory");
    }
    if (length > Limits.MESSAGE_BYTES) {
      return new Failed(413, "A response has at most 10 MiB");
    }
    byte[] bytes = length == 0 ? NOTHING : memory.read(pointer, length);
    return Packed.isError(packed) ? error(bytes) : new Returned(bytes);
  }

  private static CallOutcome error(byte[] bytes) {
    if (bytes.length < 4) {
      return new Failed(500, "The service answered an error without a code");
    }
    int code = Packed.errorCode(bytes);
    String text = Packed.errorText(bytes);
    boolean known = code >= 400 && code <= 599 || Integer.compareUnsigned(code, 1000) >= 0;
    return known
        ? new Failed(code, text)
        : new Failed(
            500,
            "The service answered an error with the code "
                + Integer.toUnsignedString(code)
                + ", which is neither of 400 to 599 nor 1000 or above: "
                + text);
  }

  @Override
  public long give(byte[] bytes) {
    return room.give(bytes);
  }

  @Override
  public long fail(int code, String message) {
    return room.fail(code, message);
  }
}
