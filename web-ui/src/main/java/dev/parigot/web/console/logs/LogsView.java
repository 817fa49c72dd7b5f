package dev.parigot.web.console.logs;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Route;
import dev.parigot.observe.LogLine;
import dev.parigot.observe.Logs;
import dev.parigot.release.Release;
import dev.parigot.release.ReleasedService;
import dev.parigot.web.console.Pulse;
import dev.parigot.web.console.app.AppFacts;
import dev.parigot.web.console.app.AppFrame;
import dev.parigot.web.console.app.AppPage;
import jakarta.annotation.security.PermitAll;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** An app's log as it is written, with what narrows it down. */
@PermitAll
@Route(value = "logs", layout = AppFrame.class)
final class LogsView extends Div implements AppPage, BeforeEnterObserver {
  private static final Duration PACE = Duration.ofMillis(300);
  private static final int BATCH = 2_000;
  private static final String ALL = "All services";

  private final Logs logs;
  private final Pulse pulse;
  private final Select<String> service = new Select<>();
  private final Select<LogLine.Level> level = new Select<>();
  private final TextField text = new TextField();
  private final Button pause = new Button("Pause", _ -> pause());
  private final Div body = new Div();
  private @Nullable LogStream stream;
  private long app;
  private volatile long last;
  private boolean paused;
  private String asked = "";
  private List<String> services = List.of();

  LogsView(Logs logs, Pulse pulse) {
    this.logs = logs;
    this.pulse = pulse;
    addClassName("logs");
    service.setLabel("Service");
    service.setId("log-service");
    service.addValueChangeListener(_ -> filter());
    level.setLabel("Level");
    level.setId("log-level");
    level.setItems(LogLine.Level.values());
    level.setItemLabelGenerator(LogsView::label);
    level.setValue(LogLine.Level.TRACE);
    level.addValueChangeListener(_ -> filter());
    text.setLabel("Text");
    text.setId("log-text");
    text.setPlaceholder("Search the lines");
    text.setClearButtonVisible(true);
    text.setValueChangeMode(ValueChangeMode.LAZY);
    text.setValueChangeTimeout(150);
    text.addValueChangeListener(_ -> filter());
    pause.setId("log-pause");
    H2 title = new H2("Logs");
    title.addClassName("unseen");
    Div bar = new Div(service, level, text, pause);
    bar.addClassName("bar");
    body.getStyle().set("display", "contents");
    add(title, bar, body);
  }

  private static String label(LogLine.Level level) {
    return switch (level) {
      case TRACE -> "All levels";
      case DEBUG -> "Debug and graver";
      case INFO -> "Info and graver";
      case WARN -> "Warnings and errors";
      case ERROR -> "Errors only";
    };
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    asked = event.getLocation().getQueryParameters().getSingleParameter("service").orElse("");
  }

  @Override
  public void show(AppFacts facts) {
    if (facts.app().id().value() != app) {
      app = facts.app().id().value();
      open(facts);
    }
    offer(facts);
  }

  private void open(AppFacts facts) {
    LogStream made =
        new LogStream(
            waiting -> pause.setText(paused ? "Go on (" + waiting + " waiting)" : "Pause"));
    stream = made;
    last = 0;
    paused = false;
    pause.setText("Pause");
    body.removeAll();
    body.add(made);
    append(logs.read(facts.app().id(), 0, BATCH, null, null));
    pulse.follow(
        made,
        PACE,
        () -> logs.read(facts.app().id(), last, BATCH, null, null),
        lines -> {
          if (made == stream) {
            append(lines);
          }
        });
  }

  private void append(List<LogLine> lines) {
    List<LogLine> fresh = lines.stream().filter(line -> line.sequence() > last).toList();
    if (stream == null || (fresh.isEmpty() && last > 0)) {
      return;
    }
    last = fresh.isEmpty() ? last : fresh.getLast().sequence();
    stream.append(fresh);
  }

  /** Offers the services of the live release, and the platform's own lines. */
  private void offer(AppFacts facts) {
    TreeSet<String> names = new TreeSet<>(List.of("parigot"));
    facts.live().or(facts::newest).map(Release::services).orElse(List.of()).stream()
        .map(ReleasedService::name)
        .forEach(names::add);
    List<String> items = new ArrayList<>(List.of(ALL));
    items.addAll(names);
    if (items.equals(services) && asked.isEmpty()) {
      return;
    }
    String chosen = asked.isEmpty() ? service.getValue() : asked;
    asked = "";
    services = items;
    service.setItems(items);
    service.setValue(chosen != null && items.contains(chosen) ? chosen : ALL);
  }

  private void filter() {
    if (stream != null && service.getValue() != null) {
      String one = service.getValue().equals(ALL) ? "" : service.getValue();
      stream.filter(one, level.getValue().name(), text.getValue());
    }
  }

  private void pause() {
    paused = !paused;
    pause.setText(paused ? "Go on" : "Pause");
    if (stream != null) {
      stream.pause(paused);
    }
  }
}
