package dev.parigot.web.console.tests;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.H4;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.NativeDetails;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Pre;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import dev.parigot.gate.GateRun;
import dev.parigot.web.console.part.CommandLine;
import dev.parigot.web.console.part.Measure;
import dev.parigot.web.console.part.Moment;
import dev.parigot.web.console.part.StateMark;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The tests of one push: a line, and all that helps to find why one failed. */
final class RunEntry extends Div {
  private static final int SHORT_COMMIT = 8;

  RunEntry(GateRun run) {
    addClassNames("card", "test-run");
    setId("run-" + run.id());
    Div heading = new Div(title(run), state(run.outcome()));
    heading.addClassName("heading");
    add(heading, origin(run));
    if (run.outcome() == GateRun.Outcome.SKIPPED) {
      add(new Paragraph(run.by() + " wanted it to go live without being tested."));
      return;
    }
    add(new Paragraph(summary(run)));
    run.tests().stream().filter(test -> !test.passed()).forEach(test -> add(failed(test)));
    run.timing().stream().filter(test -> !test.passed()).forEach(test -> add(failed(test)));
    add(all(run));
  }

  private static H3 title(GateRun run) {
    String commit = run.commit();
    return new H3(
        commit == null
            ? "Without a commit"
            : "Commit " + commit.substring(0, Math.min(SHORT_COMMIT, commit.length())));
  }

  private static StateMark state(GateRun.Outcome outcome) {
    return switch (outcome) {
      case PASSED -> new StateMark("live", "Passed");
      case FAILED -> new StateMark("failed", "Failed: it did not go live");
      case SKIPPED -> new StateMark("replaced", "Passed by");
    };
  }

  private static Component origin(GateRun run) {
    Paragraph origin = new Paragraph(new Moment(run.at()), new Span(" by " + run.by()));
    origin.addClassName("soft");
    return origin;
  }

  private static String summary(GateRun run) {
    long failed = run.tests().stream().filter(test -> !test.passed()).count();
    String tests =
        Measure.counted(run.tests().size(), "integration test")
            + (failed == 0 ? " passed" : ", of which " + failed + " failed");
    int schedules = run.timing().stream().mapToInt(GateRun.Explored::schedules).sum();
    String timing =
        run.timing().isEmpty()
            ? ""
            : "; %d of them under %s"
                .formatted(run.timing().size(), Measure.counted(schedules, "schedule"));
    return tests + timing + ", in " + Measure.duration(run.millis() * 1_000_000) + ".";
  }

  private static Div failed(GateRun.Tested test) {
    Div failed = new Div(new H4(test.name()), new Paragraph(String.valueOf(test.failure())));
    failed.addClassNames("section", "problem");
    if (!test.log().isEmpty()) {
      Pre log = new Pre(String.join("\n", test.log()));
      log.getElement().setAttribute("tabindex", "0");
      failed.add(log);
    }
    failed.add(
        new CommandLine(
            "parigot test . --filter " + test.name(), "Copy the command that runs " + test.name()));
    return failed;
  }

  private static Div failed(GateRun.Explored test) {
    GateRun.Found found = Objects.requireNonNull(test.failure());
    Paragraph why = new Paragraph(sentence(found.why()));
    why.addClassName("why");
    Div failed =
        new Div(
            new H4(test.name() + " depends on the order"),
            why,
            new Paragraph(
                "%s. It was found under schedule %d, and made as small as it could be."
                    .formatted(found.failure(), test.schedules())),
            new SequenceTable("The order that fails", found.steps()));
    if (!found.passing().isEmpty()) {
      failed.add(new SequenceTable("The same the other way round, which passes", found.passing()));
    }
    failed.addClassNames("section", "problem", "order");
    failed.add(
        new CommandLine(
            "parigot timing . --filter " + test.name(),
            "Copy the command that finds the failure of " + test.name()));
    return failed;
  }

  private static String sentence(String why) {
    return why.isEmpty() ? "" : Character.toUpperCase(why.charAt(0)) + why.substring(1) + ".";
  }

  private static NativeDetails all(GateRun run) {
    List<String> lines = new ArrayList<>();
    for (GateRun.Tested test : run.tests()) {
      lines.add(
          "%s: %s, %s"
              .formatted(
                  test.name(),
                  test.passed() ? "passed" : "failed",
                  Measure.counted(test.steps(), "step")));
    }
    for (GateRun.Explored test : run.timing()) {
      lines.add(
          "%s: %s; %d of them differ to the app; %d of %s in conflict came in both orders"
              .formatted(
                  test.name(),
                  Measure.counted(test.schedules(), "schedule"),
                  test.classes(),
                  test.bothWays(),
                  Measure.counted(test.pairs(), "pair")));
    }
    UnorderedList list = new UnorderedList();
    lines.forEach(line -> list.add(new ListItem(line)));
    return new NativeDetails("All tests", list);
  }
}
