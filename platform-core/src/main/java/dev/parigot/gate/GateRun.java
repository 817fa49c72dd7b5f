package dev.parigot.gate;

import dev.parigot.app.AppId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the gate did with a push.
 *
 * @param millis how long it took
 * @param tests its integration tests, in the order in which they ran
 * @param timing its timing tests, in the order in which they ran
 */
public record GateRun(
    long id,
    AppId app,
    @Nullable String commit,
    String by,
    Instant at,
    long millis,
    Outcome outcome,
    List<Tested> tests,
    List<Explored> timing) {
  public GateRun {
    tests = List.copyOf(tests);
    timing = List.copyOf(timing);
  }

  /** Whether what was pushed may go live. */
  public enum Outcome {
    PASSED,
    FAILED,
    /** Whoever pushed wanted it to go live untested. */
    SKIPPED
  }

  /**
   * One integration test.
   *
   * @param name module and method
   * @param steps how many host calls and beginnings of calls it took
   * @param failure how it failed, or null
   * @param log what the app wrote, if it failed
   */
  public record Tested(String name, int steps, @Nullable String failure, List<String> log) {
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
      long millis,
      @Nullable Found failure) {
    public Explored {
      services = List.copyOf(services);
    }

    public boolean passed() {
      return failure == null;
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
