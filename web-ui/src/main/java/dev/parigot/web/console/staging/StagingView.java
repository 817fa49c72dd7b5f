package dev.parigot.web.console.staging;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.router.Route;
import dev.parigot.app.App;
import dev.parigot.app.Situation;
import dev.parigot.pipeline.Pipeline;
import dev.parigot.problem.Problem;
import dev.parigot.web.Addresses;
import dev.parigot.web.AppRemoval;
import dev.parigot.web.console.Pulse;
import dev.parigot.web.console.Viewer;
import dev.parigot.web.console.app.AppFacts;
import dev.parigot.web.console.app.AppFrame;
import dev.parigot.web.console.app.AppPage;
import dev.parigot.web.console.part.CommandLine;
import dev.parigot.web.console.part.ProblemNote;
import dev.parigot.web.console.part.ProblemSlot;
import jakarta.annotation.security.PermitAll;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The branches of an app in staging, and what to do with each. */
@PermitAll
@Route(value = "staging", layout = AppFrame.class)
final class StagingView extends Div implements AppPage {
  private static final Duration OFTEN = Duration.ofSeconds(2);

  private final Overview overview;
  private final Addresses addresses;
  private final AppRemoval removal;
  private final Promotion promotion;
  private final ProblemSlot problem = new ProblemSlot();
  private final Div list = new Div();
  private final Map<Long, StagingEntry> entries = new LinkedHashMap<>();
  private volatile @Nullable App app;

  StagingView(
      Overview overview,
      Addresses addresses,
      AppRemoval removal,
      Pipeline pipeline,
      Viewer viewer,
      Pulse pulse) {
    this.overview = overview;
    this.addresses = addresses;
    this.removal = removal;
    this.promotion = new Promotion(overview, pipeline, viewer.account().email(), pulse, this::load);
    list.addClassName("section");
    // Pushes to branches are no events of the app itself, so they are looked for.
    pulse.follow(list, OFTEN, this::read, found -> found.ifPresent(this::draw));
  }

  @Override
  public void show(AppFacts facts) {
    if (facts.app().equals(app)) {
      return;
    }
    app = facts.app();
    removeAll();
    entries.clear();
    if (facts.app().situation() instanceof Situation.Staging) {
      app = null;
      getUI().ifPresent(ui -> ui.navigate("apps/" + facts.app().name().production() + "/staging"));
      return;
    }
    Div heading = new Div(new H2("Staging"));
    heading.addClassName("heading");
    Div page = new Div(heading, promotion.outcome(), problem, list);
    page.addClassName("page");
    add(page);
    load();
  }

  private Optional<List<Staged>> read() {
    return Optional.ofNullable(app).map(overview::of);
  }

  /** What is there, or why it can't be told, and a way to try again. */
  private void load() {
    try {
      read().ifPresent(this::draw);
    } catch (RuntimeException e) {
      entries.clear();
      list.removeAll();
      list.add(
          e instanceof Problem known
              ? new ProblemNote(known)
              : new ProblemNote(
                  "What is in staging can't be read now.", List.of(), "Try again soon."),
          new Button("Try again", _ -> load()));
    }
  }

  private void draw(List<Staged> found) {
    List<Long> ids = found.stream().map(each -> each.app().id().value()).toList();
    if (!List.copyOf(entries.keySet()).equals(ids) || ids.isEmpty()) {
      entries.clear();
      found.forEach(each -> entries.put(each.app().id().value(), entry(each)));
      list.removeAll();
      list.add(found.isEmpty() ? empty() : branches());
    }
    for (Staged each : found) {
      StagingEntry entry = entries.get(each.app().id().value());
      if (entry != null) {
        entry.show(each);
      }
    }
  }

  private StagingEntry entry(Staged staged) {
    return new StagingEntry(staged, addresses.of(staged.app().name()), this::promote, this::delete);
  }

  private Component branches() {
    UnorderedList branches = new UnorderedList();
    branches.addClassName("timeline");
    branches.setId("branches");
    entries.values().forEach(entry -> branches.add(new ListItem(entry)));
    return branches;
  }

  private static Component empty() {
    Paragraph what =
        new Paragraph(
            "Each branch that is pushed, but main, runs apart from production: with data, queues, configuration and an address of its own, until it is deleted. Nothing is in staging yet.");
    Div empty =
        new Div(
            what,
            new CommandLine("git push parigot BRANCH", "Copy the command that pushes a branch"));
    empty.addClassName("empty");
    empty.setId("no-staging");
    return empty;
  }

  private void promote(Staged staged) {
    App production = app;
    if (production != null) {
      problem.attempt(() -> promotion.ask(production, staged));
    }
  }

  private void delete(Staged staged) {
    Removal.ask(
        staged.app(),
        gone -> {
          problem.attempt(() -> removal.remove(gone));
          load();
        });
  }
}
