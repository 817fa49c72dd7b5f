package dev.parigot.web.console.services;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.UnorderedList;
import dev.parigot.app.AppId;
import dev.parigot.fleet.Fleet;
import dev.parigot.fleet.ServiceStatus;
import dev.parigot.observe.LogLine;
import dev.parigot.observe.Logs;
import dev.parigot.release.Release;
import dev.parigot.release.ReleasedService;
import dev.parigot.scaling.Scaling;
import dev.parigot.web.Addresses;
import dev.parigot.web.console.Pulse;
import dev.parigot.web.console.app.AppFacts;
import dev.parigot.web.console.part.CommandLine;
import dev.parigot.web.console.part.ProblemNote;
import dev.parigot.web.console.part.StateMark;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One service closely: its state and figures, its methods to try, its newest log lines. */
final class ServicePanel extends Section {
  /** What the panel is fed from. */
  public record Sources(
      Fleet fleet, Scaling scaling, Logs logs, Pulse pulse, Addresses addresses) {}

  private static final int NEWEST_LINES = 12;

  private final Sources sources;
  private final Consumer<String> select;
  private final Div changing = new Div();
  private final UnorderedList lines = new UnorderedList();
  private @Nullable Release release;
  private String service = "";
  private @Nullable ServiceStatus status;
  private List<LogLine> newest = List.of();

  /**
   * @param select called with a service's name to go to it, or with nothing to close
   */
  ServicePanel(Sources sources, Consumer<String> select) {
    this.sources = sources;
    this.select = select;
    setId("service-panel");
    addClassName("panel");
    changing.addClassName("section");
    lines.addClassName("lines");
    getElement().setProperty("hidden", true);
  }

  void show(AppFacts facts, String name) {
    Release live = facts.live().orElse(null);
    Optional<ReleasedService> found =
        live == null
            ? Optional.empty()
            : live.services().stream().filter(each -> each.name().equals(name)).findFirst();
    getElement().setProperty("hidden", found.isEmpty());
    if (live == null || found.isEmpty()) {
      service = "";
      return;
    }
    AppId app = facts.app().id();
    if (!name.equals(service) || release == null || release.id() != live.id()) {
      service = name;
      release = live;
      status = null;
      newest = List.of();
      build(facts, ServiceGraph.of(live.services()), found.get());
    }
    showStatus(facts, found.get());
    showLines(sources.logs().read(app, 0, NEWEST_LINES, name, null));
  }

  private void build(AppFacts facts, ServiceGraph graph, ReleasedService shown) {
    removeAll();
    lines.removeAll();
    getElement().setAttribute("aria-label", "Service " + shown.name());
    H2 title = new H2(shown.name());
    Button close = new Button("Close", _ -> select.accept(""));
    close.setId("close-panel");
    close.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
    Div heading = new Div(title, close);
    heading.addClassName("heading");
    Anchor all =
        new Anchor("apps/" + facts.app().name() + "/logs?service=" + shown.name(), "All its lines");
    add(
        heading,
        changing,
        new LoadSection(sources.scaling(), sources.pulse(), facts.app().id(), shown.name()),
        part("Methods", new MethodList(sources, facts.app().id(), shown)),
        part("From your machine", elsewhere(facts, shown.name())),
        part("About", new ServiceFacts(shown, graph.callersOf(shown.name()), select)),
        part("Newest log lines", new Div(lines, all)));
  }

  private Div elsewhere(AppFacts facts, String name) {
    Paragraph meaning =
        new Paragraph(
            "Runs the app on your machine, and calls this service here, be it private or not.");
    meaning.addClassName("soft");
    String address = sources.addresses().of(facts.app().name()).replaceFirst("/$", "");
    return new Div(
        meaning,
        new CommandLine(
            "parigot local --remote " + name + "=" + address,
            "Copy the command that runs the app with this service here"));
  }

  private static Div part(String title, Component content) {
    Div part = new Div(new H3(title), content);
    part.addClassName("section");
    return part;
  }

  private void showStatus(AppFacts facts, ReleasedService shown) {
    ServiceStatus now =
        facts.services().stream()
            .filter(each -> each.service().name().equals(shown.name()))
            .findFirst()
            .orElseGet(
                () -> new ServiceStatus(shown, 0, ServiceStatus.State.STOPPED, 0, 0, 0, 0, null));
    if (now.equals(status)) {
      return;
    }
    status = now;
    changing.removeAll();
    Paragraph meaning = new Paragraph(ServiceWords.meaning(now.state()));
    meaning.addClassName("soft");
    changing.add(
        new StateMark(ServiceWords.style(now.state()), ServiceWords.word(now.state())), meaning);
    if (now.state() == ServiceStatus.State.FAILING && now.lastError() != null) {
      changing.add(ProblemNote.of(now.lastError(), ""));
    }
    changing.add(ServiceFacts.figures(now));
  }

  private void showLines(List<LogLine> now) {
    if (now.equals(newest) && lines.getComponentCount() > 0) {
      return;
    }
    newest = now;
    lines.removeAll();
    if (now.isEmpty()) {
      lines.add(new ListItem("It has logged nothing yet."));
    }
    for (LogLine line : now) {
      ListItem item =
          new ListItem(line.level().name().toLowerCase(Locale.ROOT) + " " + line.message());
      item.setTitle(line.at().toString());
      if (line.level() == LogLine.Level.ERROR) {
        item.addClassName("error");
      }
      lines.add(item);
    }
  }
}
