package dev.parigot.web.console.events;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Pre;
import dev.parigot.app.App;
import dev.parigot.problem.Problem;
import dev.parigot.web.Addresses;
import dev.parigot.web.console.Pulse;
import dev.parigot.web.console.Viewer;
import dev.parigot.web.console.app.AppFacts;
import dev.parigot.web.console.app.AppPage;
import dev.parigot.web.console.app.FirstPush;
import dev.parigot.web.console.part.ProblemNote;
import dev.parigot.web.console.part.ProblemSlot;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A page of things of one kind that an app's live release has, each with a name and an entry, which
 * are read again and again while somebody looks.
 *
 * @param <T> what is read of one
 * @param <E> its entry
 */
abstract class LiveList<T, E extends Component> extends Div implements AppPage {
  private final String title;
  private final Addresses addresses;
  private final String by;
  private final ProblemSlot problem = new ProblemSlot();
  private final Div list = new Div();
  private final Paragraph more = new Paragraph();
  private final Map<String, E> entries = new LinkedHashMap<>();
  private volatile @Nullable App app;

  /**
   * @param title what they are, in the plural
   */
  LiveList(String title, Duration often, Addresses addresses, Viewer viewer, Pulse pulse) {
    this.title = title;
    this.addresses = addresses;
    this.by = viewer.account().email();
    list.addClassName("section");
    more.addClassName("soft");
    more.setVisible(false);
    pulse.follow(list, often, this::read, this::draw);
  }

  abstract List<T> read(App shown);

  abstract String name(T told);

  abstract E entry(App shown, String name);

  abstract void show(E entry, T told);

  /** How many are shown at once. */
  int most() {
    return Integer.MAX_VALUE;
  }

  /** What is shown when there is none. */
  abstract Component empty();

  /** The e-mail of who looks. */
  final String by() {
    return by;
  }

  @Override
  public final void show(AppFacts facts) {
    if (facts.app().equals(app)) {
      return;
    }
    removeAll();
    entries.clear();
    if (facts.live().isEmpty()) {
      app = null;
      add(new FirstPush(facts.app(), addresses.git(facts.app().name()), by));
      return;
    }
    app = facts.app();
    Div page = new Div(new H2(title), problem, list, more);
    page.addClassName("page");
    add(page);
    load();
  }

  /** Does it with the app that is shown, tells what went wrong, and reads what came of it. */
  final boolean change(Change change) {
    App shown = app;
    boolean done = shown != null && problem.attempt(() -> change.make(shown));
    load();
    return done;
  }

  /** What is done to an app. */
  interface Change {
    void make(App shown);
  }

  private List<T> read() {
    return Optional.ofNullable(app).map(this::read).orElse(List.of());
  }

  /** What is there, or why it can't be told, and a way to try again. */
  final void load() {
    try {
      draw(read());
    } catch (RuntimeException e) {
      entries.clear();
      list.removeAll();
      list.add(
          e instanceof Problem known
              ? new ProblemNote(known)
              : new ProblemNote(
                  "The %s can't be read now.".formatted(title.toLowerCase(Locale.ROOT)),
                  List.of(),
                  "Try again soon."),
          new Button("Try again", _ -> load()));
    }
  }

  private void draw(List<T> all) {
    App shown = app;
    if (shown == null) {
      return;
    }
    List<T> told = all.subList(0, Math.min(most(), all.size()));
    List<String> names = told.stream().map(this::name).toList();
    if (!List.copyOf(entries.keySet()).equals(names) || names.isEmpty()) {
      // Those that stay keep what was typed into them.
      Map<String, E> before = new LinkedHashMap<>(entries);
      entries.clear();
      list.removeAll();
      for (String name : names) {
        E known = before.get(name);
        entries.put(name, known == null ? entry(shown, name) : known);
      }
      if (names.isEmpty()) {
        list.add(empty());
      }
      entries.values().forEach(list::add);
    }
    told.forEach(
        each -> Optional.ofNullable(entries.get(name(each))).ifPresent(entry -> show(entry, each)));
    more.setVisible(all.size() > told.size());
    more.setText("%,d more are in use.".formatted(all.size() - told.size()));
  }

  /**
   * @param what they are good for, and how one is declared
   */
  static Component empty(String id, String what, String example) {
    Div empty = new Div(new Paragraph(what), new Pre(example));
    empty.addClassName("empty");
    empty.setId(id);
    return empty;
  }
}
