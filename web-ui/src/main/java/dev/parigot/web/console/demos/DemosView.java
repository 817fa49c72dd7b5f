package dev.parigot.web.console.demos;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.OrderedList;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.Route;
import dev.parigot.app.App;
import dev.parigot.demo.Demo;
import dev.parigot.demo.Terms;
import dev.parigot.problem.Problem;
import dev.parigot.web.console.Viewer;
import dev.parigot.web.console.app.AppFacts;
import dev.parigot.web.console.app.AppFrame;
import dev.parigot.web.console.app.AppPage;
import dev.parigot.web.console.app.FirstPush;
import dev.parigot.web.console.part.ProblemNote;
import dev.parigot.web.console.part.ProblemSlot;
import jakarta.annotation.security.PermitAll;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The demos of an app, newest first, with what their owner can do about them. */
@PermitAll
@Route(value = "demos", layout = AppFrame.class)
final class DemosView extends Div implements AppPage {
  private static final Duration OFTEN = Duration.ofSeconds(2);

  /** As many as an app may have. */
  private static final int MOST = 100;

  private final Sharing sharing;
  private final String by;
  private final ProblemSlot problem = new ProblemSlot();
  private final Div list = new Div();
  private final Map<Long, DemoEntry> entries = new LinkedHashMap<>();
  private volatile @Nullable App app;

  DemosView(Sharing sharing, Viewer viewer) {
    this.sharing = sharing;
    this.by = viewer.account().email();
    list.addClassName("section");
    // Opens are told by nobody, so they are looked for.
    sharing.pulse().follow(list, OFTEN, this::read, found -> found.ifPresent(this::draw));
  }

  @Override
  public void show(AppFacts facts) {
    if (facts.app().equals(app)) {
      return;
    }
    app = facts.app();
    removeAll();
    entries.clear();
    if (facts.live().isEmpty()) {
      add(new FirstPush(facts.app(), sharing.addresses().git(facts.app().name()), by));
      app = null;
      return;
    }
    Button share = new Button("Share a demo", _ -> share(facts.app()));
    share.setId("share-demo");
    share.addThemeVariants(ButtonVariant.PRIMARY);
    Div heading = new Div(new H2("Demos"), share);
    heading.addClassName("heading");
    Div page = new Div(heading, problem, list);
    page.addClassName("page");
    add(page);
    load();
  }

  private Optional<List<Demo>> read() {
    return Optional.ofNullable(app).map(shown -> sharing.demos().of(shown, 0, MOST));
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
              : new ProblemNote("The demos can't be read now.", List.of(), "Try again soon."),
          new Button("Try again", _ -> load()));
    }
  }

  private void draw(List<Demo> demos) {
    List<Long> ids = demos.stream().map(Demo::id).toList();
    if (!List.copyOf(entries.keySet()).equals(ids) || ids.isEmpty()) {
      entries.clear();
      demos.forEach(demo -> entries.put(demo.id(), entry(demo)));
      list.removeAll();
      list.add(demos.isEmpty() ? empty() : timeline());
    }
    for (Demo demo : demos) {
      DemoEntry entry = entries.get(demo.id());
      if (entry != null) {
        entry.show(demo, sharing.clock().instant());
      }
    }
  }

  private DemoEntry entry(Demo demo) {
    return new DemoEntry(demo, sharing.addresses().demo(demo), this::pause, this::confirm);
  }

  private Component timeline() {
    OrderedList timeline = new OrderedList();
    timeline.addClassName("timeline");
    timeline.setId("demos");
    entries.values().forEach(entry -> timeline.add(new ListItem(entry)));
    return timeline;
  }

  private static Component empty() {
    Paragraph what =
        new Paragraph(
            "A demo is a release that runs in the browser of whoever has its address: all services, with data of the visitor's own, and no account. Nothing is shared yet.");
    Div empty = new Div(what);
    empty.addClassName("empty");
    empty.setId("no-demos");
    return empty;
  }

  private void share(App shown) {
    new ShareDialog(sharing, shown, by, null, this::load).open();
  }

  private void pause(Demo demo) {
    change(shown -> {
      Demo now = sharing.demos().require(shown, demo.label().value());
      var _ = sharing.demos().change(shown, now, Terms.of(now).withPaused(!demo.paused()));
    });
  }

  private void confirm(Demo demo) {
    ConfirmDialog dialog =
        new ConfirmDialog(
            "Revoke " + demo.name() + "?",
            "Its address says from now on that the demo is no more, and browsers that opened it forget it with its data as soon as they ask. This can't be undone.",
            "Revoke",
            _ -> change(shown -> sharing.demos().revoke(shown, demo)));
    dialog.setConfirmButtonTheme("error primary");
    dialog.setCancelable(true);
    dialog.open();
  }

  private void change(Consumer<App> change) {
    App shown = app;
    if (shown != null) {
      problem.attempt(() -> change.accept(shown));
      load();
    }
  }
}
