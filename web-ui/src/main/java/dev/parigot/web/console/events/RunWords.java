package dev.parigot.web.console.events;

import dev.parigot.cron.Run;
import dev.parigot.web.console.part.Measure;
import dev.parigot.web.console.part.StateMark;
import java.util.Locale;
import java.util.stream.Stream;

/** Runs of schedules in words. */
final class RunWords {
  private RunWords() {}

  /** Its outcome as a shape and a word. */
  static StateMark mark(Run run) {
    String state =
        switch (run.outcome()) {
          case RUNNING -> "starting";
          case SUCCEEDED -> "live";
          case FAILED -> "failed";
          case LOST -> "stopped";
          case SKIPPED, CANCELLED -> "replaced";
        };
    String word = run.outcome().name().toLowerCase(Locale.ROOT);
    return new StateMark(state, Character.toUpperCase(word.charAt(0)) + word.substring(1));
  }

  static String took(Run run) {
    return run.outcome() == Run.Outcome.SKIPPED
        ? "–"
        : run.duration().map(duration -> Measure.duration(duration.toNanos())).orElse("…");
  }

  /** What is to be told of it beside its outcome, or nothing. */
  static String said(Run run) {
    String missed =
        run.missed() == 0
            ? ""
            : "stands for %s more that nothing could run at"
                .formatted(Measure.counted(run.missed(), "tick"));
    String asked = run.askedBy() == null ? "" : "asked for by " + run.askedBy();
    String said = run.said() == null ? "" : run.said().lines().findFirst().orElse("");
    String code = run.code() == null ? "" : run.code() + " ";
    String ended = said.isEmpty() ? "" : code + said;
    return String.join(
        "; ", Stream.of(asked, missed, ended).filter(each -> !each.isEmpty()).toList());
  }
}
