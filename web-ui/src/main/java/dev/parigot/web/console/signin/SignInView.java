package dev.parigot.web.console.signin;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.Autocomplete;
import com.vaadin.flow.router.AfterNavigationEvent;
import com.vaadin.flow.router.AfterNavigationObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.router.RouterLink;
import com.vaadin.flow.server.auth.AnonymousAllowed;
import dev.parigot.problem.Problem;
import dev.parigot.web.ParigotProperties;
import dev.parigot.web.console.part.ProblemSlot;
import java.util.Map;

/** Signing in, and what is told after it has failed. */
@AnonymousAllowed
@PageTitle("Sign in · Parigot")
@Route("login")
public final class SignInView extends Div implements AfterNavigationObserver {
  private final ProblemSlot problem = new ProblemSlot();

  SignInView(ParigotProperties properties) {
    CredentialsForm form = new CredentialsForm(Autocomplete.CURRENT_PASSWORD);
    Button button = new Button("Sign in", _ -> form.submit());
    button.setId("sign-in");
    button.addThemeVariants(ButtonVariant.PRIMARY);
    form.add(form.email(), form.password());
    form.addCheckbox("remember-me", "remember-me", "Keep me signed in on this device for 30 days");
    button.addClickShortcut(Key.ENTER).listenOn(form);
    form.add(button);
    form.email().setAutofocus(true);
    Door door = new Door("Sign in", problem, form);
    if (properties.signUp()) {
      Paragraph other = new Paragraph("New here? ");
      other.add(new RouterLink("Sign up", SignUpView.class));
      door.add(other);
    }
    add(door);
  }

  @Override
  public void afterNavigation(AfterNavigationEvent event) {
    Map<String, ?> query = event.getLocation().getQueryParameters().getParameters();
    if (query.containsKey("throttled")) {
      problem.show(
          Problem.user(
              429,
              "throttled",
              "There were too many failed attempts to sign in.",
              "Wait some minutes, then try again."));
    } else if (query.containsKey("error")) {
      problem.show(
          Problem.user(
              401,
              "unauthenticated",
              "The e-mail or the password is wrong.",
              "Check both, and try again."));
    }
  }
}
