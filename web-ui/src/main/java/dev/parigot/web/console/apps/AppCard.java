package dev.parigot.web.console.apps;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.AnchorTarget;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Span;
import dev.parigot.fleet.ServiceStatus;
import dev.parigot.release.Release;
import dev.parigot.web.console.app.AppFacts;
import dev.parigot.web.console.part.DigestText;
import dev.parigot.web.console.part.Measure;
import dev.parigot.web.console.part.Moment;
import dev.parigot.web.console.part.Sparkline;
import dev.parigot.web.console.part.StateMark;
import java.util.stream.Collectors;

/** One app among others: what it is called, whether it is well, what was released last. */
final class AppCard extends Div {
  AppCard(AppsView.Shown shown, String address) {
    AppFacts facts = shown.facts();
    String name = facts.app().name().value();
    addClassNames("card", "app-card");
    setId("app-" + name);
    Div heading =
        new Div(
            new H2(new Anchor("apps/" + name, name)),
            new StateMark(facts.state().style(), facts.state().word()));
    heading.addClassName("heading");
    Anchor link =
        new Anchor(address, address.replaceFirst("^https?://", "").replaceFirst("/$", ""));
    link.setTarget(AnchorTarget.BLANK);
    link.addClassName("address");
    add(heading, link);
    if (!facts.failing().isEmpty()) {
      add(failing(facts));
    }
    add(release(facts));
    if (facts.live().isPresent()) {
      add(numbers(facts), new Sparkline(shown.history()));
    }
  }

  private static Component failing(AppFacts facts) {
    Span text =
        new Span(
            facts.failing().stream()
                    .map(each -> each.service().name())
                    .collect(Collectors.joining(", "))
                + (facts.failing().size() == 1 ? " fails" : " fail"));
    text.addClassName("errors");
    text.addClassName("some");
    return text;
  }

  private static Component release(AppFacts facts) {
    Div line = new Div();
    line.addClassName("soft");
    if (facts.newest().isEmpty()) {
      line.setText("Nothing pushed yet");
      return line;
    }
    Release release = facts.newest().get();
    line.addClassName("facts");
    line.add(new Span("v" + release.number() + outcome(release)));
    if (release.commit() != null) {
      line.add(new DigestText(release.commit()));
    }
    line.add(new Span("by " + release.by()), new Moment(release.at()));
    return line;
  }

  private static String outcome(Release release) {
    return switch (release.state()) {
      case FAILED -> " failed";
      case STARTING -> " is starting";
      case LIVE, REPLACED -> "";
    };
  }

  private static Component numbers(AppFacts facts) {
    long calls = facts.services().stream().mapToLong(ServiceStatus::callsPerMinute).sum();
    long errors = facts.services().stream().mapToLong(ServiceStatus::errorsPerMinute).sum();
    Span failed = new Span(Measure.counted(errors, "error"));
    failed.addClassName("errors");
    failed.setClassName("some", errors > 0);
    Div numbers = new Div(new Span(Measure.counted(calls, "call") + " in the last minute"), failed);
    numbers.addClassName("numbers");
    return numbers;
  }
}
