package dev.parigot.host;

import dev.parigot.situation.HostCall.Given;
import dev.parigot.situation.KeyValue;
import dev.parigot.situation.Refused;
import java.util.List;
import java.util.function.Supplier;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyExecutable;
import org.jspecify.annotations.Nullable;

/** {@code parigot:kv}: the store that the services of an app share. */
final class KeyValueImports implements ImportModule {
  static final String NAME = "parigot:kv";
  private static final int KEY_BYTES = GuestMemory.NAME_BYTES;
  private static final int VALUE_BYTES = 1 << 20;
  private static final int LIST_BYTES = 1 << 20;

  private final Gate gate;
  private final Guest guest;
  private final KeyValue store;

  KeyValueImports(Gate gate, KeyValue store) {
    this.gate = gate;
    this.guest = gate.guest();
    this.store = store;
  }

  @Override
  public @Nullable ProxyExecutable function(String name) {
    return switch (name) {
      case "get" -> checked(this::get);
      case "put" -> checked(this::put);
      case "delete" -> checked(this::delete);
      case "compare_and_set" -> checked(this::compareAndSet);
      case "list" -> checked(this::list);
      default -> null;
    };
  }

  private ProxyExecutable checked(Gate.Answer operation) {
    return gate.answering(arguments -> {
      if (guest.initializing()) {
        throw new Refused(503, NAME + " can't be used in _initialize");
      }
      return operation.to(arguments);
    });
  }

  private long get(Value[] arguments) {
    byte[] key = key(arguments[0], arguments[1]);
    byte[] value = this.<byte @Nullable []>pass("get", key, () -> store.get(key));
    if (value == null) {
      throw new Refused(404, "no such key");
    }
    return guest.give(value);
  }

  private long put(Value[] arguments) {
    byte[] key = key(arguments[0], arguments[1]);
    byte[] value = value(arguments[2], arguments[3]);
    pass(
        "put",
        key,
        Given.of(value),
        () -> {
          store.put(key, value);
          return true;
        });
    return Packed.EMPTY;
  }

  private long delete(Value[] arguments) {
    byte[] key = key(arguments[0], arguments[1]);
    pass(
        "delete",
        key,
        () -> {
          store.delete(key);
          return true;
        });
    return Packed.EMPTY;
  }

  private long compareAndSet(Value[] arguments) {
    byte[] key = key(arguments[0], arguments[1]);
    boolean absent = arguments[3].asInt() == -1;
    byte[] old = absent ? null : value(arguments[2], arguments[3]);
    byte[] value = value(arguments[4], arguments[5]);
    boolean set =
        pass(
            "compare_and_set",
            key,
            new Given(value, old, 0),
            () -> store.compareAndSet(key, old, value));
    if (!set) {
      throw new Refused(409, absent ? "the key exists" : "the value is another one");
    }
    return Packed.EMPTY;
  }

  private long list(Value[] arguments) {
    byte[] prefix = guest.memory().readName(arguments[0].asInt(), arguments[1].asInt());
    byte[] after = guest.memory().readName(arguments[2].asInt(), arguments[3].asInt());
    int limit = arguments[4].asInt();
    if (prefix.length > KEY_BYTES || after.length > KEY_BYTES) {
      throw new Refused(413, "a key has at most " + KEY_BYTES + " bytes");
    }
    if (limit < 1) {
      throw new Refused(400, "a list has a limit of 1 or more, not " + limit);
    }
    // No list of keys of one byte can be longer than its 1 MiB lets it.
    int most = Math.min(limit, LIST_BYTES / 5);
    List<byte[]> keys =
        pass("list", prefix, new Given(null, after, most), () -> store.list(prefix, after, most));
    return guest.give(ByteLists.encode(keys, LIST_BYTES));
  }

  private byte[] key(Value pointer, Value length) {
    int bytes = length.asInt();
    guest.memory().check(pointer.asInt(), bytes);
    if (bytes == 0) {
      throw new Refused(400, "a key has at least one byte");
    }
    if (Integer.compareUnsigned(bytes, KEY_BYTES) > 0) {
      throw new Refused(413, "a key has at most " + KEY_BYTES + " bytes");
    }
    return guest.memory().read(pointer.asInt(), bytes);
  }

  private byte[] value(Value pointer, Value length) {
    int bytes = length.asInt();
    guest.memory().check(pointer.asInt(), bytes);
    if (Integer.compareUnsigned(bytes, VALUE_BYTES) > 0) {
      throw new Refused(413, "a value has at most 1 MiB");
    }
    return guest.memory().read(pointer.asInt(), bytes);
  }

  private <T extends @Nullable Object> T pass(String function, byte[] key, Supplier<T> effect) {
    return pass(function, key, Given.NOTHING, effect);
  }

  private <T extends @Nullable Object> T pass(
      String function, byte[] key, Given given, Supplier<T> effect) {
    return gate.pass(NAME, function, key, given, effect);
  }
}
