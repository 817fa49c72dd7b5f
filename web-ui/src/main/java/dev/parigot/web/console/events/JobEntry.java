package dev.parigot.web.console.events;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.NativeDetails;
import com.vaadin.flow.component.html.OrderedList;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Pre;
import com.vaadin.flow.component.html.Span;
import dev.parigot.cron.Job;
import dev.parigot.cron.Run;
import dev.parigot.manifest.Schedule;
import dev.parigot.release.Release;
import dev.parigot.web.console.part.Moment;
import dev.parigot.web.console.part.Rows;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One schedule: when it is due, in words, as a list and as a calendar, and how it fared. */
final class JobEntry extends Div {
  private static final DateTimeFormatter WALL =
      DateTimeFormatter.ofPattern("EEE d MMM HH:mm", Locale.ENGLISH);

  private final String app;
  private final Div facts = new Div();
  private final Div due = new Div();
  private final Div history = new Div();
  private @Nullable Job shown;
  private List<Run> runs = List.of();

  /**
   * @param app its name, for links
   * @param run makes the call of the schedule of that name
   */
  JobEntry(String app, String name, Consumer<String> run) {
    this.app = app;
    addClassNames("card", "section", "job");
    setId("job-" + name);
    facts.addClassNames("soft", "facts");
    due.addClassName("due-times");
    history.addClassName("section");
    Button now = new Button("Run now", _ -> run.accept(name));
    now.setId("run-" + name);
    now.setAriaLabel("Run " + name + " now");
    Div heading = new Div(new H3(name), now);
    heading.addClassName("heading");
    add(heading, facts, due, history);
  }

  /** Shows what is true of it now; what has not changed stays as it is, opened or not. */
  void show(Job job, List<Run> last, Instant now) {
    Job before = shown;
    if (before == null
        || !before.cron().equals(job.cron())
        || !before.next().equals(job.next())
        || before.on() != job.on()) {
      tell(job);
      wait(job, now);
    }
    if (before == null || !last.equals(runs)) {
      history.removeAll();
      history.add(last.isEmpty() ? none() : table(job, last));
    }
    shown = job;
    runs = last;
  }

  private void tell(Job job) {
    Release.Cron cron = job.cron();
    facts.removeAll();
    facts.add(
        new Span(cron.times().words() + " (" + cron.zone() + ")"),
        new Span("calls " + cron.service() + "." + cron.method()),
        new Span(
            switch (cron.overlap()) {
              case FORBID -> "skipped while the call before runs";
              case ALLOW -> "may run beside the call before";
              case REPLACE -> "ends the call before";
            }));
    Span expression = new Span(cron.schedule());
    expression.addClassName("mono");
    facts.add(expression);
  }

  private void wait(Job job, Instant now) {
    due.removeAll();
    if (!job.on()) {
      due.add(
          new Paragraph(
              "Off in staging. It runs when you ask for it here, or by itself with staging = true in parigot.toml."));
      return;
    }
    if (job.next().isEmpty()) {
      due.add(new Paragraph("It is never due again."));
      return;
    }
    OrderedList next = new OrderedList();
    next.addClassName("ticks");
    next.getElement().setAttribute("aria-label", "The next times of " + job.name());
    job.next().forEach(tick -> next.add(new ListItem(tick(job, tick))));
    due.add(next, new Calendar(job.name(), job.cron().times(), now));
  }

  private static Component tick(Job job, Schedule.Tick tick) {
    Span wall = new Span(WALL.format(tick.at().atZone(job.cron().times().zone())));
    wall.addClassName("wall");
    Span line = new Span(wall, new Moment(tick.at()));
    if (tick.told() != null) {
      Span told = new Span(tick.told());
      told.addClassName("soft");
      line.add(told);
    }
    return line;
  }

  private static Component none() {
    Paragraph none = new Paragraph("It has not run yet.");
    none.addClassName("soft");
    return none;
  }

  private Component table(Job job, List<Run> last) {
    Rows rows =
        new Rows(
            "The last runs of " + job.name(), List.of("Began", "Outcome", "Took", "What", "Log"));
    last.forEach(run ->
        rows.row(
            new Moment(run.begunAt()),
            RunWords.mark(run),
            new Span(RunWords.took(run)),
            new Span(RunWords.said(run)),
            log(job, run)));
    return rows;
  }

  private Component log(Job job, Run run) {
    if (run.call() == null) {
      return new Span("–");
    }
    Anchor all =
        new Anchor(
            "apps/" + app + "/logs?service=" + job.cron().service(),
            "All lines of " + job.cron().service());
    if (run.log() == null || run.log().isEmpty()) {
      return run.log() == null ? new Span("…") : new Span("no lines");
    }
    Pre lines = new Pre(run.log());
    lines.addClassName("run-log");
    Div inside = new Div(lines, all);
    inside.addClassName("section");
    long count = run.log().lines().count();
    return new NativeDetails(count == 1 ? "1 line" : count + " lines", inside);
  }
}
