package dev.parigot.local;

import dev.parigot.manifest.Manifest;
import dev.parigot.situation.Outbound;
import dev.parigot.situation.Time;
import java.time.Instant;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * What an app in memory finds around itself.
 *
 * @param beginning when its clock begins
 * @param schedules whether the calls of schedules are made when they are due
 * @param random a new generator for each thing of that name that draws random numbers; that of an
 *     instance is named {@code random of <service>-<number>}
 * @param clock what the instances of that service see of the app's clock
 */
public record Setting(
    Instant beginning,
    Map<String, String> config,
    boolean schedules,
    Function<String, RandomGenerator> random,
    BiFunction<String, Time, Time> clock,
    Outbound outbound) {
  /** When the clock of a test begins. */
  static final Instant BEGINNING = Instant.parse("2026-01-01T00:00:00Z");

  /** That of tests: nothing outside can be reached. */
  public static Setting ofTests(Manifest manifest, Function<String, RandomGenerator> random) {
    return new Setting(
        BEGINNING,
        manifest.config().in("test"),
        true,
        random,
        (_, time) -> time,
        new NoOutside(manifest.outbound()));
  }

  /** The same with another way outside. */
  public Setting withOutbound(Outbound other) {
    return new Setting(beginning, config, schedules, random, clock, other);
  }
}
