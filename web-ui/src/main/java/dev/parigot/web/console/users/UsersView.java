package dev.parigot.web.console.users;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Pre;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.router.Route;
import dev.parigot.app.App;
import dev.parigot.problem.Problem;
import dev.parigot.user.AppUser;
import dev.parigot.user.Users;
import dev.parigot.web.console.Pulse;
import dev.parigot.web.console.app.AppFacts;
import dev.parigot.web.console.app.AppFrame;
import dev.parigot.web.console.app.AppPage;
import dev.parigot.web.console.part.Measure;
import dev.parigot.web.console.part.ProblemNote;
import dev.parigot.web.console.part.ProblemSlot;
import jakarta.annotation.security.PermitAll;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The users of an app, the newest first, found by e-mail or name. */
@PermitAll
@Route(value = "users", layout = AppFrame.class)
final class UsersView extends Div implements AppPage {
  private static final Duration OFTEN = Duration.ofSeconds(3);
  private static final int STEP = 25;

  private final Users users;
  private final ProblemSlot problem = new ProblemSlot();
  private final Span count = new Span();
  private final TextField search = new TextField("Find by e-mail or name");
  private final Div list = new Div();
  private volatile @Nullable App app;
  private volatile String sought = "";
  private volatile int most = STEP;
  private @Nullable Told drawn;

  /**
   * What is shown.
   *
   * @param count of all, found or not
   * @param found one more than are shown, if there are more
   */
  private record Told(long count, String sought, List<AppUser> found) {}

  UsersView(Users users, Pulse pulse) {
    this.users = users;
    list.addClassName("section");
    count.addClassName("soft");
    search.setId("find-user");
    search.setClearButtonVisible(true);
    search.setValueChangeMode(ValueChangeMode.LAZY);
    search.addValueChangeListener(change -> {
      sought = change.getValue();
      most = STEP;
      load();
    });
    // Whoever signs up is no event of the app, so it is looked for.
    pulse.follow(list, OFTEN, this::read, this::draw);
  }

  @Override
  public void show(AppFacts facts) {
    if (facts.app().equals(app)) {
      return;
    }
    app = facts.app();
    drawn = null;
    removeAll();
    Div heading = new Div(new H2("Users"), count);
    heading.addClassName("heading");
    Div page = new Div(heading, problem, search, list);
    page.addClassName("page");
    add(page);
    load();
  }

  private Told read() {
    App shown = app;
    String wanted = sought;
    return shown == null
        ? new Told(0, wanted, List.of())
        : new Told(users.count(shown.id()), wanted, users.of(shown.id(), wanted, "", most + 1));
  }

  /** What is there, or why it can't be told, and a way to try again. */
  private void load() {
    try {
      draw(read());
    } catch (RuntimeException e) {
      drawn = null;
      list.removeAll();
      list.add(
          e instanceof Problem known
              ? new ProblemNote(known)
              : new ProblemNote("The users can't be read now.", List.of(), "Try again soon."),
          new Button("Try again", _ -> load()));
    }
  }

  private void draw(Told told) {
    if (told.equals(drawn) || app == null) {
      return;
    }
    drawn = told;
    search.setVisible(told.count() > 0);
    count.setText(told.count() == 0 ? "" : Measure.counted(told.count(), "user"));
    list.removeAll();
    if (told.count() == 0) {
      list.add(empty());
    } else if (told.found().isEmpty()) {
      list.add(new Paragraph("Nobody's e-mail or name contains \"" + told.sought() + "\"."));
    } else {
      list.add(new UserTable(told.found().stream().limit(most).toList(), new Doing()));
      if (told.found().size() > most) {
        list.add(new Button("Show more", _ -> more()));
      }
    }
  }

  private void more() {
    most += STEP;
    load();
  }

  private static Component empty() {
    Div empty =
        new Div(
            new Paragraph(
                "Nobody has signed up to this app. It has a page to sign in at /_parigot/auth/, and a service for those who are signed in alone looks like this in parigot.toml:"),
            new Pre(
                """
                [services.orders]
                wasm = "build/orders.wasm"
                public = "signed-in\"\
                """));
    empty.addClassName("empty");
    empty.setId("no-users");
    return empty;
  }

  private final class Doing implements UserTable.Actions {
    @Override
    public void block(AppUser user) {
      change(shown -> {
        AppUser _ = users.setBlocked(shown.id(), user.id(), true);
      });
    }

    @Override
    public void unblock(AppUser user) {
      change(shown -> {
        AppUser _ = users.setBlocked(shown.id(), user.id(), false);
      });
    }

    @Override
    public void remove(AppUser user) {
      ConfirmDialog dialog =
          new ConfirmDialog(
              "Remove " + UserTable.shown(user) + "?",
              "He is signed out and forgotten here; what the app's services have stored about him stays with them. This can't be undone: who signs up again is another user.",
              "Remove",
              _ -> change(shown -> users.remove(shown.id(), user.id())));
      dialog.setConfirmButtonTheme("error primary");
      dialog.setCancelable(true);
      dialog.open();
    }
  }

  private void change(Consumer<App> change) {
    App shown = app;
    if (shown != null) {
      problem.attempt(() -> change.accept(shown));
      load();
    }
  }
}
