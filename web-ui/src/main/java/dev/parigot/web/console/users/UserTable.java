package dev.parigot.web.console.users;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import dev.parigot.user.AppUser;
import dev.parigot.web.console.part.Moment;
import dev.parigot.web.console.part.Rows;
import dev.parigot.web.console.part.StateMark;
import java.util.List;

/** Some users: who each is, how he is known, and what can be done. */
final class UserTable extends Div {
  /** What can be done about a user. */
  interface Actions {
    void block(AppUser user);

    void unblock(AppUser user);

    void remove(AppUser user);
  }

  private final Actions actions;
  private final Rows rows =
      new Rows("Users", List.of("User", "State", "Signs in by", "Signed up", "Last seen", "Do"));

  UserTable(List<AppUser> users, Actions actions) {
    this.actions = actions;
    users.forEach(this::row);
    add(rows);
  }

  private void row(AppUser user) {
    Span name = new Span(user.name());
    Span mail = new Span(user.email() == null ? user.id() : user.email());
    mail.addClassName("soft");
    Div who = new Div(name, mail);
    who.addClassName("user");
    who.getElement().setAttribute("title", user.id());
    rows.row(
        who,
        user.blocked() ? new StateMark("down", "Blocked") : new StateMark("running", "Active"),
        new Span(provider(user)),
        new Moment(user.createdAt()),
        user.lastSeenAt() == null ? new Span("–") : new Moment(user.lastSeenAt()),
        buttons(user));
  }

  private static String provider(AppUser user) {
    if (user.provider().equals(AppUser.PASSWORD)) {
      return "password";
    }
    return user.provider() + (user.emailVerified() ? ", e-mail verified" : "");
  }

  private Span buttons(AppUser user) {
    Button block =
        user.blocked()
            ? new Button("Unblock", _ -> actions.unblock(user))
            : new Button("Block", _ -> actions.block(user));
    block.setAriaLabel((user.blocked() ? "Unblock " : "Block ") + shown(user));
    Button remove = new Button("Remove", _ -> actions.remove(user));
    remove.setAriaLabel("Remove " + shown(user));
    remove.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.ERROR);
    Span buttons = new Span(block, remove);
    buttons.addClassName("buttons");
    return buttons;
  }

  static String shown(AppUser user) {
    return user.email() == null ? user.name() : user.email();
  }
}
