package dev.parigot.timing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds why a run fails: the two steps in conflict whose order decides. It tries: the pairs that a
 * run which passes takes in the other order are turned, one at a time, in both runs.
 */
final class Explainer {
  private static final int MOST_PAIRS = 16;
  private static final int MOST_WRITTEN = 4;
  private static final String PLAIN =
      "it fails in the plain order too, in which one call is made after the other";

  /** In place of the number of a step that a run has not. */
  private static final int NEVER = -1;

  private static final String DEADLOCK = "deadlock: ";

  private final Trial trial;

  Explainer(Trial trial) {
    this.trial = trial;
  }

  /** A pair as the failing run has it. */
  private record Pair(Step first, Step second, int at, int until) {
    boolean aboutValues() {
      return Effect.of(first).kind() == Effect.Kind.VALUE;
    }
  }

  /**
   * @param failed as small as it gets
   */
  Explanation explain(Run failed) throws InterruptedException {
    if (failed.choices().isEmpty()) {
      return new Explanation(PLAIN, null, null, null);
    }
    List<Choice> prefix = failed.choices().subList(0, failed.choices().size() - 1);
    Run passing = Run.of(trial, new Replay(prefix));
    if (!passing.passed()) {
      return new Explanation("it fails in one of several ways", null, null, null);
    }
    Pair pair = decisive(failed, passing);
    List<String> reasons = new ArrayList<>();
    String waits = waits(failed);
    if (waits != null) {
      reasons.add("nobody can go on: " + waits);
    } else if (pair != null) {
      reasons.add(sentence(pair));
    } else if (failed.choices().getLast() instanceof Choice.Switch(String instead, String next)) {
      reasons.add("`" + next + "` came before `" + instead + "`");
    }
    reasons.addAll(mishaps(failed.steps()));
    String sentence = String.join("; ", reasons);
    return pair == null
        ? new Explanation(sentence, null, null, passing)
        : new Explanation(sentence, pair.first(), pair.second(), passing);
  }

  /** The faults of a run, and what is left of the work that one ends in the middle. */
  private static List<String> mishaps(List<Step> steps) {
    List<String> told = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      Fault fault = Fault.of(step).orElse(null);
      if (fault != null) {
        String written = fault == Fault.KILL ? written(steps.subList(0, i), step.task()) : "";
        told.add("the platform " + step.key() + (written.isEmpty() ? "" : ", after it " + written));
      }
    }
    return told;
  }

  /** What a task did that stays; empty if there is nothing. */
  private static String written(List<Step> steps, int task) {
    List<String> written = new ArrayList<>();
    for (Step step : steps) {
      String verb = Effect.verb(step);
      if (step.task() == task && verb != null && !Effect.reads(step)) {
        written.add("%s `%s`".formatted(verb, step.key()));
      }
    }
    boolean many = written.size() > MOST_WRITTEN;
    return (many ? "…, " : "")
        + String.join(
            ", ", many ? written.reversed().subList(0, MOST_WRITTEN).reversed() : written);
  }

  /** Who waits for whom, in a run that came to a deadlock; null of others. */
  private static @Nullable String waits(Run failed) {
    Trial.Failure failure = failed.failure();
    return failure != null && failure.message().startsWith(DEADLOCK)
        ? failure.message().substring(DEADLOCK.length())
        : null;
  }

  /**
   * The pair that, turned, mends the run or breaks the other; the first one, if no such pair is
   * found where the runs differ by a switch.
   */
  private @Nullable Pair decisive(Run failed, Run passing) throws InterruptedException {
    Pair best = null;
    boolean switched = failed.choices().getLast() instanceof Choice.Switch;
    int bestScore = switched ? -1 : 0;
    for (Pair pair : turned(failed, passing)) {
      if (!switched && pair.until() == NEVER) {
        // What a fault keeps from coming up does so under another name.
        continue;
      }
      int score = score(pair, failed, passing);
      if (score > bestScore) {
        best = pair;
        bestScore = score;
      }
    }
    return best;
  }

  /** Whether turning it alone mends the run that fails, and breaks the one that passes. */
  private int score(Pair pair, Run failed, Run passing) throws InterruptedException {
    String first = pair.first().point();
    String second = pair.second().point();
    Run mended = Run.of(trial, held(failed, second, first));
    Run broken = Run.of(trial, held(passing, first, second));
    return (mended.passed() ? 2 : 0) + (broken.passed() ? 0 : 1);
  }

  private static Strategy held(Run run, String first, String second) {
    return new Held(new Replay(run.choices()), List.of(new Conflicts.Pair(first, second)));
  }

  /** The pairs in conflict that the two runs take in different orders, those of values first. */
  private static List<Pair> turned(Run failed, Run passing) {
    Map<String, Integer> elsewhere = new HashMap<>();
    for (int i = 0; i < passing.steps().size(); i++) {
      elsewhere.put(passing.steps().get(i).point(), i);
    }
    List<Pair> pairs = new ArrayList<>();
    List<Step> steps = failed.steps();
    for (int i = 0; i < steps.size(); i++) {
      Effect effect = Effect.of(steps.get(i));
      int place = elsewhere.getOrDefault(steps.get(i).point(), -1);
      for (int j = i + 1; place >= 0 && j < steps.size(); j++) {
        Step later = steps.get(j);
        if (later.task() != steps.get(i).task()
            && elsewhere.getOrDefault(later.point(), place) < place
            && effect.conflictsWith(Effect.of(later))) {
          pairs.add(new Pair(steps.get(i), later, i, j));
        }
      }
    }
    pairs.addAll(missed(failed, passing));
    List<Pair> ordered = new ArrayList<>(pairs.stream().filter(Pair::aboutValues).toList());
    pairs.stream().filter(pair -> !pair.aboutValues()).forEach(ordered::add);
    return ordered.subList(0, Math.min(MOST_PAIRS, ordered.size()));
  }

  /** Steps that come in the run that passes alone, before one in conflict that both have. */
  private static List<Pair> missed(Run failed, Run passing) {
    Map<String, Integer> places = new HashMap<>();
    for (int i = 0; i < failed.steps().size(); i++) {
      places.put(failed.steps().get(i).point(), i);
    }
    List<Pair> pairs = new ArrayList<>();
    List<Step> steps = passing.steps();
    for (int i = 0; i < steps.size(); i++) {
      Step missing = steps.get(i);
      for (int j = i + 1; !places.containsKey(missing.point()) && j < steps.size(); j++) {
        Step other = steps.get(j);
        Integer place = places.get(other.point());
        if (place != null
            && other.task() != missing.task()
            && Effect.of(missing).conflictsWith(Effect.of(other))) {
          pairs.add(new Pair(failed.steps().get(place), missing, place, NEVER));
        }
      }
    }
    return pairs;
  }

  private static String sentence(Pair pair) {
    if (pair.until() == NEVER) {
      return "`%s` (step %d) came before `%s`, which never did"
          .formatted(pair.first(), pair.at() + 1, pair.second());
    }
    String later = who(pair.second());
    String other = who(pair.first()).equals(later) ? "another " + later : later;
    String one = who(pair.first()).equals(later) ? "one " + later : who(pair.first());
    String verb = Effect.verb(pair.first());
    String otherVerb = Effect.verb(pair.second());
    if (Effect.of(pair.first()).kind() == Effect.Kind.INSTANCES) {
      return "%s got %s (step %d) before %s (step %d)"
          .formatted(
              Effect.of(pair.first()).on(),
              visit(pair.first()),
              pair.at() + 1,
              visit(pair.second()),
              pair.until() + 1);
    }
    if (verb == null || otherVerb == null) {
      return "%s took its turn before %s: %s (step %d), then %s (step %d)"
          .formatted(one, other, pair.first(), pair.at() + 1, pair.second(), pair.until() + 1);
    }
    String about = pair.first().key();
    boolean same = about.equals(pair.second().key());
    return "%s %s `%s` (step %d) before %s %s %s (step %d)"
        .formatted(
            one,
            verb,
            about,
            pair.at() + 1,
            other,
            otherVerb,
            same ? "it" : "`" + pair.second().key() + "`",
            pair.until() + 1);
  }

  /** A call as who answers it sees it. */
  private static String visit(Step step) {
    if (step.nth() == 0) {
      return "`%s`".formatted((step.action() + " " + step.key()).strip());
    }
    String method = step.action().substring(step.action().indexOf(' ') + 1);
    return "`%s` of %s".formatted(method, who(step));
  }

  private static String who(Step step) {
    return step.call().isEmpty() ? step.service() : step.call();
  }
}
