package dev.parigot.web.console.releases;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.NativeDetails;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.select.Select;
import dev.parigot.problem.Problem;
import dev.parigot.release.Difference;
import dev.parigot.release.Release;
import dev.parigot.release.Releases;
import dev.parigot.web.console.Pulse;
import dev.parigot.web.console.part.Measure;
import dev.parigot.web.console.part.ProblemNote;
import dev.parigot.web.problem.Failures;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a release is made of, and what it has otherwise than another one. Read when it is opened:
 * most never are.
 */
final class ReleaseDetails extends NativeDetails {
  /** Releases that can be chosen to be compared with. */
  private static final int NEWEST = 100;

  private final Release release;
  private final Releases releases;
  private final Pulse pulse;
  private final Div changes = new Div();
  private boolean read;

  /** What was read; the problem is null unless it could not be. */
  private record Found(
      List<Release.Step> steps,
      List<Integer> others,
      @Nullable Integer before,
      @Nullable Problem problem) {}

  /** The difference from a release, or why it can't be told. */
  private record Compared(@Nullable Difference difference, @Nullable Problem problem) {}

  ReleaseDetails(Release release, Releases releases, Pulse pulse) {
    this.release = release;
    this.releases = releases;
    this.pulse = pulse;
    setId("details-" + release.number());
    setSummaryText("Details and changes");
    changes.addClassName("section");
    changes.setId("changes-" + release.number());
    changes.getElement().setAttribute("role", "status");
    addToggleListener(event -> {
      if (event.isOpened() && !read) {
        read = true;
        read();
      }
    });
  }

  private void read() {
    setContent(waiting("Being read …"));
    pulse.once(this, this::found, this::show);
  }

  private Found found() {
    try {
      List<Integer> others =
          releases.of(release.app(), 0, NEWEST).stream()
              .map(Release::number)
              .filter(number -> number != release.number())
              .toList();
      Integer before = releases.before(release).map(Release::number).orElse(null);
      return new Found(releases.steps(release), others, before, null);
    } catch (RuntimeException e) {
      return new Found(List.of(), List.of(), null, Failures.told(e));
    }
  }

  private void show(Found found) {
    if (found.problem() != null) {
      Button again = new Button("Try again", _ -> read());
      setContent(section(new ProblemNote(found.problem()), again));
      return;
    }
    setContent(
        section(
            new H3("What it is made of"),
            new ServiceTable(release.services()),
            facts(found.steps()),
            heading(found),
            changes));
    compare(found.before());
  }

  private Div facts(List<Release.Step> steps) {
    Div facts = new Div();
    facts.addClassName("section");
    if (!release.site().isEmpty()) {
      long bytes = release.site().values().stream().mapToLong(Release.SiteFile::size).sum();
      facts.add(
          new Paragraph(
              "Site: "
                  + Measure.counted(release.site().size(), "file")
                  + ", "
                  + Measure.bytes(bytes)));
    }
    if (!release.config().isEmpty()) {
      facts.add(
          new Paragraph(
              "Configuration: " + String.join(", ", new TreeSet<>(release.config().keySet()))));
    }
    if (!steps.isEmpty()) {
      Paragraph took =
          new Paragraph(
              "Deployed in "
                  + String.join(" · ", steps.stream().map(ReleaseDetails::told).toList()));
      took.setId("steps-" + release.number());
      facts.add(took);
    }
    return facts;
  }

  private static String told(Release.Step step) {
    return step.name() + " " + Measure.duration(step.millis() * 1_000_000);
  }

  private Div heading(Found found) {
    Div heading = new Div(new H3("What it has otherwise"));
    heading.addClassNames("heading");
    if (!found.others().isEmpty()) {
      Select<Integer> other = new Select<>();
      other.setId("compare-" + release.number());
      other.setLabel("Compare with");
      other.setItems(found.others());
      other.setItemLabelGenerator(number -> "v" + number);
      other.setPlaceholder("nothing: all is new");
      if (found.before() != null && found.others().contains(found.before())) {
        other.setValue(found.before());
      }
      other.addValueChangeListener(event -> compare(event.getValue()));
      heading.add(other);
    }
    return heading;
  }

  private void compare(@Nullable Integer since) {
    changes.removeAll();
    changes.add(waiting("Being compared …"));
    pulse.once(this, () -> compared(since), this::show);
  }

  private Compared compared(@Nullable Integer since) {
    try {
      Release.Contents other =
          Optional.ofNullable(since)
              .map(number -> releases.require(release.app(), number).contents())
              .orElse(Release.Contents.of(List.of()));
      return new Compared(Difference.between(other, release.contents()), null);
    } catch (RuntimeException e) {
      return new Compared(null, Failures.told(e));
    }
  }

  private void show(Compared compared) {
    changes.removeAll();
    if (compared.problem() != null) {
      changes.add(new ProblemNote(compared.problem()));
    } else if (compared.difference() != null) {
      changes.add(new ChangeList(compared.difference()));
    }
  }

  private static Div section(Component... parts) {
    Div section = new Div(parts);
    section.addClassName("section");
    return section;
  }

  private static Div waiting(String text) {
    Div waiting = new Div(text);
    waiting.addClassName("waiting");
    return waiting;
  }
}
