package dev.parigot.web.console.account;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.Autocomplete;
import com.vaadin.flow.component.textfield.PasswordField;
import dev.parigot.account.Account;
import dev.parigot.web.console.Viewer;
import dev.parigot.web.console.part.ProblemSlot;
import dev.parigot.web.security.Passwords;

/** A new password, for whoever knows the old one. */
final class PasswordForm extends Div {
  private final Passwords passwords;
  private final Account account;
  private final PasswordField old = new PasswordField("Password until now");
  private final PasswordField wanted = new PasswordField("New password");
  private final ProblemSlot problem = new ProblemSlot();
  private final Paragraph said =
      new Paragraph("The password is changed. Other browsers have to sign in again.");

  PasswordForm(Passwords passwords, Account account) {
    this.passwords = passwords;
    this.account = account;
    addClassNames("card", "section");
    old.setId("old-password");
    old.setAutocomplete(Autocomplete.CURRENT_PASSWORD);
    wanted.setId("new-password");
    wanted.setAutocomplete(Autocomplete.NEW_PASSWORD);
    wanted.setHelperText("At least 8 characters");
    said.setVisible(false);
    said.setId("password-said");
    said.getElement().setAttribute("role", "status");
    Button change = new Button("Change password", _ -> change());
    change.setId("change-password");
    change.addThemeVariants(ButtonVariant.PRIMARY);
    Div fields = new Div(old, wanted);
    fields.addClassNames("fields", "top");
    add(fields, new Div(change), problem, said);
  }

  private void change() {
    boolean done =
        problem.attempt(() ->
            passwords.change(
                account, old.getValue(), wanted.getValue(), Viewer.address(), Viewer.session()));
    said.setVisible(done);
    if (done) {
      old.clear();
      wanted.clear();
    }
  }
}
