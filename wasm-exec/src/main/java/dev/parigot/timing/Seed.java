package dev.parigot.timing;

import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** A number from which all that is random in a run follows. */
public record Seed(long value) {
  /** Its algorithm is specified, so that a seed means the same on every JDK. */
  private static final RandomGeneratorFactory<RandomGenerator> GENERATORS =
      RandomGeneratorFactory.of("L64X128MixRandom");

  private static final long FNV_BASIS = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  /** The seed of a part of the run: those of different names have nothing to do with each other. */
  public Seed of(String part) {
    long hash = FNV_BASIS;
    for (byte each : (value + "/" + part).getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (each & 0xff)) * FNV_PRIME;
    }
    return new Seed(hash);
  }

  /** A new generator, which begins anew each time. */
  public RandomGenerator generator() {
    return GENERATORS.create(value);
  }
}
