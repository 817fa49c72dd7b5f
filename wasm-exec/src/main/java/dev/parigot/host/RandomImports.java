package dev.parigot.host;

import java.util.random.RandomGenerator;
import org.graalvm.polyglot.proxy.ProxyExecutable;
import org.jspecify.annotations.Nullable;

/** {@code parigot:random}: random bytes. */
final class RandomImports implements ImportModule {
  static final String NAME = "parigot:random";

  /** More are made piece by piece, so that a guest can be late in between. */
  private static final int PIECE_BYTES = 1 << 20;

  private final Gate gate;
  private final RandomGenerator random;

  RandomImports(Gate gate, RandomGenerator random) {
    this.gate = gate;
    this.random = random;
  }

  @Override
  public @Nullable ProxyExecutable function(String name) {
    if (!name.equals("fill")) {
      return null;
    }
    return arguments -> {
      fill(gate, random, NAME, name, arguments[0].asInt(), arguments[1].asInt());
      return null;
    };
  }

  static void fill(
      Gate gate, RandomGenerator random, String module, String name, int pointer, int length) {
    GuestMemory memory = gate.guest().memory();
    memory.check(pointer, length);
    int at = 0;
    do {
      byte[] bytes = new byte[Math.min(PIECE_BYTES, length - at)];
      gate.pass(
          module,
          name,
          () -> {
            random.nextBytes(bytes);
            return null;
          });
      memory.write(pointer + at, bytes);
      at += bytes.length;
    } while (at < length);
  }
}
