package dev.parigot.web.console.services;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.OrderedList;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import dev.parigot.app.AppId;
import dev.parigot.scaling.Decision;
import dev.parigot.scaling.Load;
import dev.parigot.scaling.Scaling;
import dev.parigot.web.console.Pulse;
import dev.parigot.web.console.part.Moment;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The load of one service as it comes, and why it was scaled. */
final class LoadSection extends Div {
  private static final Duration PACE = Duration.ofSeconds(1);
  private static final int MOST_SHOWN = 12;

  /** What is read at once. */
  private record Seen(int minutes, List<Load> steps, List<Decision> decisions) {}

  private final Scaling scaling;
  private final AppId app;
  private final String service;
  private final LoadChart chart = new LoadChart();
  private final OrderedList decisions = new OrderedList();
  private final Map<Integer, Button> ranges = new LinkedHashMap<>();
  private List<Decision> shown = List.of();
  private volatile int minutes = 15;

  LoadSection(Scaling scaling, Pulse pulse, AppId app, String service) {
    this.scaling = scaling;
    this.app = app;
    this.service = service;
    setId("load");
    addClassName("section");
    Div range = new Div();
    range.addClassName("ranges");
    range.getElement().setAttribute("role", "group");
    range.getElement().setAttribute("aria-label", "Time that is shown");
    for (int each : new int[] {15, 60}) {
      Button button = new Button(each + " min", _ -> choose(each));
      button.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
      ranges.put(each, button);
      range.add(button);
    }
    H3 title = new H3("Load");
    Div heading = new Div(title, range);
    heading.addClassName("heading");
    decisions.setId("decisions");
    decisions.addClassName("decisions");
    add(heading, chart, new H3("Why it scaled"), decisions);
    choose(minutes);
    pulse.follow(this, PACE, this::read, this::show);
  }

  private void choose(int chosen) {
    minutes = chosen;
    ranges.forEach((each, button) ->
        button.getElement().setAttribute("aria-pressed", Boolean.toString(each == chosen)));
    show(read());
  }

  private Seen read() {
    int asked = minutes;
    return new Seen(
        asked,
        scaling.load(app, service, asked),
        scaling.decisions(app).stream()
            .filter(each -> each.service().equals(service))
            .limit(MOST_SHOWN)
            .toList());
  }

  private void show(Seen seen) {
    if (seen.minutes() != minutes) {
      return;
    }
    chart.show(seen.steps());
    if (seen.decisions().equals(shown) && decisions.getComponentCount() > 0) {
      return;
    }
    shown = seen.decisions();
    decisions.removeAll();
    if (shown.isEmpty()) {
      decisions.add(new ListItem(new Paragraph("It has not, since the platform started.")));
    }
    shown.forEach(each -> decisions.add(told(each)));
  }

  private static ListItem told(Decision decision) {
    Span change = new Span(decision.from() + " → " + decision.to());
    change.addClassName("change");
    return new ListItem(change, new Span(decision.reason()), new Moment(decision.at()));
  }
}
