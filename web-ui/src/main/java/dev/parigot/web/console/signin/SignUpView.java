package dev.parigot.web.console.signin;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.Autocomplete;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.router.RouterLink;
import com.vaadin.flow.server.auth.AnonymousAllowed;
import dev.parigot.account.Accounts;
import dev.parigot.problem.Problem;
import dev.parigot.web.ParigotProperties;
import dev.parigot.web.console.Viewer;
import dev.parigot.web.console.part.ProblemSlot;

/** The making of an account, which is signed in at once. */
@AnonymousAllowed
@PageTitle("Sign up · Parigot")
@Route("sign-up")
final class SignUpView extends Div {
  SignUpView(Accounts accounts, ParigotProperties properties) {
    ProblemSlot problem = new ProblemSlot();
    Paragraph other = new Paragraph("You have an account? ");
    other.add(new RouterLink("Sign in", SignInView.class));
    if (!properties.signUp()) {
      problem.show(
          Problem.user(
              403,
              "sign-up-closed",
              "Nobody can make an account here by themselves.",
              "Ask whoever runs this platform for one."));
      add(new Door("Sign up", problem, other));
      return;
    }
    CredentialsForm form = new CredentialsForm(Autocomplete.NEW_PASSWORD);
    TextField name = new TextField("Name");
    name.setId("name");
    name.setAutocomplete(Autocomplete.NAME);
    name.setRequiredIndicatorVisible(true);
    name.setAutofocus(true);
    name.setWidthFull();
    form.password().setHelperText("At least 8 characters");
    Button button = new Button("Sign up");
    button.setId("sign-up");
    button.addThemeVariants(ButtonVariant.PRIMARY);
    button.addClickListener(_ -> {
      if (problem.attempt(
          () ->
              accounts.signUp(
                  form.email().getValue(),
                  form.password().getValue(),
                  name.getValue(),
                  Viewer.address()))) {
        form.submit();
      }
    });
    button.addClickShortcut(Key.ENTER).listenOn(form).resetFocusOnActiveElement();
    form.add(name, form.email(), form.password(), button);
    add(new Door("Sign up", problem, form, other));
  }
}
