package dev.parigot.gate;

import org.jspecify.annotations.Nullable;

/**
 * How far a run is.
 *
 * @param schedules how many were run
 * @param wanted how many there are to be; fewer, if a test fails
 * @param perSecond how many in a second, while it ran
 * @param secondsLeft about how long it takes from now on; null if it is not under way, or nothing
 *     can be told yet
 */
public record Progress(int schedules, int wanted, double perSecond, @Nullable Long secondsLeft) {
  public static Progress of(GateRun run) {
    int schedules = run.schedules();
    double rate = run.millis() == 0 ? 0 : schedules * 1_000.0 / run.millis();
    long left =
        run.timing().stream()
            .filter(GateRun.Explored::passed)
            .mapToLong(test -> test.wanted() - test.schedules())
            .sum();
    boolean told = run.outcome() == GateRun.Outcome.RUNNING && rate > 0;
    return new Progress(schedules, run.wanted(), rate, told ? (long) Math.ceil(left / rate) : null);
  }
}
