package dev.parigot.gate;

import dev.parigot.app.AppId;
import dev.parigot.timing.Guarantee;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the tests of a push said, or the timing tests that somebody wanted to be run.
 *
 * @param app the app in production, whatever the branch
 * @param branch that was pushed, or whose release was tried
 * @param by the e-mail of who pushed, or wanted it
 * @param millis how long it took
 * @param tests its integration tests, in the order in which they ran
 * @param timing its timing tests, in the order in which they ran
 * @param wish what somebody wanted to be tried; null for a push
 */
public record GateRun(
    long id,
    AppId app,
    String branch,
    @Nullable String commit,
    String by,
    Instant at,
    long millis,
    Outcome outcome,
    List<Tested> tests,
    List<Explored> timing,
    @Nullable Wish wish) {
  public GateRun {
    tests = List.copyOf(tests);
    timing = List.copyOf(timing);
  }

  /** What became of it. */
  public enum Outcome {
    PASSED,
    /** A test failed: what was pushed did not go live. */
    FAILED,
    /** Whoever pushed, or the manifest, wanted it to go live untested. */
    SKIPPED,
    /** It is under way. */
    RUNNING,
    /** It was ended before it was done, and can go on. */
    STOPPED
  }

  /** The names of the tests that failed, each once. */
  public List<String> failures() {
    return Stream.concat(
            tests.stream().filter(test -> !test.passed()).map(Tested::name),
            timing.stream().filter(test -> !test.passed()).map(Explored::name))
        .distinct()
        .toList();
  }

  /** How many schedules were run. */
  public int schedules() {
    return timing.stream().mapToInt(Explored::schedules).sum();
  }

  /** How many schedules there are to be. */
  public int wanted() {
    return timing.stream().mapToInt(Explored::wanted).sum();
  }

  /**
   * One integration test.
   *
   * @param name module and method
   * @param steps how many host calls and beginnings of calls it took
   * @param failure how it failed, or null
   * @param log what the app wrote, if it failed
   * @param millis how long it took; null if the run is older than that is kept
   */
  public record Tested(
      String name, int steps, @Nullable String failure, List<String> log, @Nullable Long millis) {
    public Tested {
      log = List.copyOf(log);
    }

    public boolean passed() {
      return failure == null;
    }
  }

  /**
   * One integration test under many schedules.
   *
   * @param services whose steps were reordered; empty for all
   * @param wanted how many schedules there were to be
   * @param schedules how many were run
   * @param classes how many of them differ to the app
   * @param pairs how many pairs of steps in conflict came one after the other
   * @param bothWays how many of those did so in both orders
   * @param pct what the schedules by priorities guarantee; null if there were none, or if the run
   *     is older than that is kept
   * @param millis how long it took
   * @param failure the one that was found, or null
   */
  public record Explored(
      String name,
      List<String> services,
      int wanted,
      int schedules,
      int classes,
      int pairs,
      int bothWays,
      @Nullable Guarantee pct,
      long millis,
      @Nullable Found failure) {
    public Explored {
      services = List.copyOf(services);
    }

    public boolean passed() {
      return failure == null;
    }

    /** As much as was counted before it was stopped and went on, whatever of that was kept. */
    Explored withAtLeast(Explored before) {
      return new Explored(
          name,
          services,
          wanted,
          schedules,
          Math.max(classes, before.classes),
          Math.max(pairs, before.pairs),
          Math.max(bothWays, before.bothWays),
          pct == null ? before.pct : before.pct == null ? pct : pct.and(before.pct),
          millis,
          failure);
    }
  }

  /**
   * A schedule under which a test fails, as small as it could be made.
   *
   * @param failure how the test failed
   * @param why in a sentence without an end
   * @param steps of the run that fails
   * @param passing the steps of a run that is much like it, and passes; empty if there is none
   * @param trace the file that {@code parigot replay} takes
   */
  public record Found(
      String failure, String why, List<Moment> steps, List<Moment> passing, String trace) {
    public Found {
      steps = List.copyOf(steps);
      passing = List.copyOf(passing);
    }
  }

  /**
   * A step of a run.
   *
   * @param task its number; the steps of one task come one after the other
   * @param actor the instance that takes it
   * @param call the method that the actor answers, or empty
   * @param action such as {@code parigot:kv get}
   * @param key what it is about, or empty
   * @param decisive whether it is one of the two whose order decides
   */
  public record Moment(
      int task, String actor, String call, String action, String key, boolean decisive) {}
}
