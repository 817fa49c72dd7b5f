package dev.parigot.web.console.tests;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.H4;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.NativeDetails;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.progressbar.ProgressBar;
import dev.parigot.gate.GateRun;
import dev.parigot.gate.Progress;
import dev.parigot.gate.Wish;
import dev.parigot.picture.Painter;
import dev.parigot.timing.Guarantee;
import dev.parigot.web.console.part.Measure;
import dev.parigot.web.console.part.Moment;
import dev.parigot.web.console.part.StateMark;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.LongConsumer;

/**
 * The tests of one push, or timing tests that somebody wanted: how they went, or how far they are.
 */
final class RunEntry extends Div {
  private static final int SHORT_COMMIT = 8;

  /** The code of the SDKs' checks, which says no more than that one failed. */
  private static final String CHECK = "^417:? ";

  private final String app;
  private final Actions actions;
  private final ProgressBar bar = new ProgressBar();
  private final Paragraph words = new Paragraph();
  private final Div all = new Div();

  /** What can be done with a run, by its id. */
  record Actions(LongConsumer stop, LongConsumer resume) {}

  /**
   * @param app its name
   */
  RunEntry(String app, GateRun run, Actions actions) {
    this.app = app;
    this.actions = actions;
    addClassNames("card", "test-run");
    setId("run-" + run.id());
    Div heading = new Div(title(run), state(run));
    heading.addClassName("heading");
    add(heading, origin(run));
    if (run.outcome() == GateRun.Outcome.SKIPPED) {
      add(new Paragraph("It went live without being tested, as " + run.by() + " wanted."));
      return;
    }
    Wish wish = run.wish();
    if (wish != null) {
      add(new Paragraph(suspicion(wish)));
    }
    if (run.outcome() == GateRun.Outcome.RUNNING || run.outcome() == GateRun.Outcome.STOPPED) {
      add(progress(run));
    } else {
      add(new Paragraph(summary(run)));
    }
    run.tests().stream()
        .filter(test -> !test.passed())
        .forEach(test ->
            add(
                failed(
                    run, test.name(), String.valueOf(test.failure()).replaceFirst(CHECK, ""), "")));
    run.timing().stream().filter(test -> !test.passed()).forEach(test -> add(failed(run, test)));
    all.add(all(run));
    add(all);
  }

  /** Shows how far it has come, if nothing else is new: so nobody's click meets another button. */
  boolean advance(GateRun before, GateRun now) {
    boolean underWay =
        now.outcome() == GateRun.Outcome.RUNNING || now.outcome() == GateRun.Outcome.STOPPED;
    if (!underWay || before.outcome() != now.outcome() || failures(before) != failures(now)) {
      return false;
    }
    tellProgress(now);
    NativeDetails renewed = all(now);
    all.getChildren()
        .map(NativeDetails.class::cast)
        .forEach(shown -> renewed.setOpen(shown.isOpen()));
    all.removeAll();
    all.add(renewed);
    return true;
  }

  private static long failures(GateRun run) {
    return run.tests().stream().filter(test -> !test.passed()).count()
        + run.timing().stream().filter(test -> !test.passed()).count();
  }

  private void tellProgress(GateRun run) {
    bar.setMax(Math.max(1, run.wanted()));
    bar.setValue(Math.min(run.schedules(), run.wanted()));
    words.setText(far(run));
  }

  static String shortened(String commit) {
    return commit.substring(0, Math.min(SHORT_COMMIT, commit.length()));
  }

  private static H3 title(GateRun run) {
    Wish wish = run.wish();
    if (wish != null) {
      return new H3("Timing of v" + wish.release());
    }
    String commit = run.commit();
    return new H3(commit == null ? "Without a commit" : "Commit " + shortened(commit));
  }

  private static StateMark state(GateRun run) {
    return switch (run.outcome()) {
      case PASSED -> new StateMark("live", "Passed");
      case FAILED ->
          new StateMark("failed", run.wish() == null ? "Failed: it did not go live" : "Failed");
      case SKIPPED -> new StateMark("replaced", "Passed by");
      case RUNNING -> new StateMark("starting", "Under way");
      case STOPPED -> new StateMark("idle", "Stopped");
    };
  }

  private static Component origin(GateRun run) {
    String branch = run.branch().equals("main") ? "" : ", branch " + run.branch();
    Paragraph origin = new Paragraph(new Moment(run.at()), new Span(" by " + run.by() + branch));
    origin.addClassName("soft");
    return origin;
  }

  private static String suspicion(Wish wish) {
    return "%s suspected, seed %d, strategy %s, %s."
        .formatted(
            wish.services().isEmpty() ? "All services" : String.join(", ", wish.services()),
            wish.seed(),
            wish.strategy(),
            wish.faults() == 0
                ? "no faults"
                : "up to " + Measure.counted(wish.faults(), "fault") + " of each kind");
  }

  private Component progress(GateRun run) {
    tellProgress(run);
    bar.getElement().setAttribute("aria-label", "Schedules that were run");
    words.addClassName("progress-words");
    boolean running = run.outcome() == GateRun.Outcome.RUNNING;
    Button button =
        running
            ? new Button("Stop", _ -> actions.stop().accept(run.id()))
            : new Button("Continue", _ -> actions.resume().accept(run.id()));
    button.setId((running ? "stop-" : "continue-") + run.id());
    Div line = new Div(words, button);
    line.addClassName("heading");
    Div progress = new Div(bar, line);
    progress.addClassName("section");
    return progress;
  }

  /** Such as 120 of 500 schedules, 35 a second, about 11 s left. */
  private static String far(GateRun run) {
    int done = run.schedules();
    String far = "%,d of %s".formatted(done, Measure.counted(run.wanted(), "schedule"));
    Progress progress = Progress.of(run);
    Long left = progress.secondsLeft();
    return run.outcome() == GateRun.Outcome.RUNNING && left != null
        ? "%s, %.0f a second, about %s left".formatted(far, progress.perSecond(), rounded(left))
        : far;
  }

  private static String rounded(long seconds) {
    if (seconds < 100) {
      return seconds + " s";
    }
    long minutes = Math.ceilDiv(seconds, 60);
    return minutes < 100 ? minutes + " min" : Math.ceilDiv(minutes, 60) + " h";
  }

  private static String summary(GateRun run) {
    long failed = run.tests().stream().filter(test -> !test.passed()).count();
    long orders = run.timing().stream().filter(test -> !test.passed()).count();
    String tests =
        Measure.counted(run.tests().size(), "integration test")
            + (failed == 0 ? " passed" : ", of which " + failed + " failed");
    String timing =
        run.timing().isEmpty()
            ? ""
            : "%d of them under %s%s"
                .formatted(
                    run.timing().size(),
                    Measure.counted(run.schedules(), "schedule"),
                    orders == 0 ? "" : ", where " + orders + " failed");
    String time = ", in " + Measure.duration(run.millis() * 1_000_000) + ".";
    if (run.wish() != null) {
      return "%s under %s%s"
          .formatted(
              Measure.counted(run.timing().size(), "test"),
              Measure.counted(run.schedules(), "schedule"),
              time);
    }
    return tests + (timing.isEmpty() ? "" : "; " + timing) + time;
  }

  private Div failed(GateRun run, GateRun.Explored test) {
    GateRun.Found found = Objects.requireNonNull(test.failure());
    String why = Painter.plain(found.why()).replaceAll("`([^`]*)`", "“$1”");
    return failed(run, test.name(), found.failure().replaceFirst(CHECK, ""), why);
  }

  private Div failed(GateRun run, String test, String failure, String why) {
    Div failed = new Div(new H4(test));
    if (!why.isEmpty()) {
      Paragraph sentence = new Paragraph(why);
      sentence.addClassName("why");
      failed.add(sentence);
    }
    Anchor page =
        new Anchor("apps/%s/tests/%d/%s".formatted(app, run.id(), test), "See what happened");
    page.addClassName("see");
    page.getElement().setAttribute("aria-label", "See what happened in " + test);
    failed.add(new Paragraph(failure), page);
    failed.addClassNames("section", "problem");
    return failed;
  }

  private static NativeDetails all(GateRun run) {
    List<String> lines = new ArrayList<>();
    for (GateRun.Tested test : run.tests()) {
      Long millis = test.millis();
      lines.add(
          "%s: %s, %s%s"
              .formatted(
                  test.name(),
                  test.passed() ? "passed" : "failed",
                  Measure.counted(test.steps(), "step"),
                  millis == null ? "" : ", " + Measure.duration(millis * 1_000_000)));
    }
    for (GateRun.Explored test : run.timing()) {
      String far =
          "%s: %s of %,d"
              .formatted(test.name(), Measure.counted(test.schedules(), "schedule"), test.wanted());
      lines.add(run.outcome() == GateRun.Outcome.RUNNING ? far : far + covered(test));
    }
    UnorderedList list = new UnorderedList();
    lines.forEach(line -> list.add(new ListItem(line)));
    return new NativeDetails("All tests, and what was covered", list);
  }

  private static String covered(GateRun.Explored test) {
    Guarantee pct = test.pct();
    return "; %d of them differ to the app; %d of %s in conflict came in both orders%s"
        .formatted(
            test.classes(),
            test.bothWays(),
            Measure.counted(test.pairs(), "pair"),
            pct == null ? "" : "; " + pct.told());
  }
}
