package dev.parigot.web.console.signin;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HasComponents;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.html.Input;
import com.vaadin.flow.component.textfield.Autocomplete;
import com.vaadin.flow.component.textfield.EmailField;
import com.vaadin.flow.component.textfield.PasswordField;
import com.vaadin.flow.dom.Element;
import com.vaadin.flow.server.VaadinRequest;
import org.springframework.security.web.csrf.CsrfToken;

/**
 * An HTML form that posts e-mail and password to where Spring Security signs in: a page of its own,
 * so that cookies and password managers work as everywhere.
 */
@Tag("form")
final class CredentialsForm extends Component implements HasComponents {
  private final EmailField email = new EmailField("E-mail");
  private final PasswordField password = new PasswordField("Password");

  CredentialsForm(Autocomplete passwordKind) {
    getElement().setAttribute("method", "post").setAttribute("action", "login");
    email.setId("email");
    email.getElement().setProperty("name", "username");
    email.setAutocomplete(Autocomplete.USERNAME);
    email.setRequiredIndicatorVisible(true);
    email.setWidthFull();
    password.setId("password");
    password.getElement().setProperty("name", "password");
    password.setAutocomplete(passwordKind);
    password.setRequiredIndicatorVisible(true);
    password.setWidthFull();
    addToken();
  }

  private void addToken() {
    VaadinRequest request = VaadinRequest.getCurrent();
    if (request != null
        && request.getAttribute(CsrfToken.class.getName()) instanceof CsrfToken token) {
      Input hidden = new Input();
      hidden.setType("hidden");
      hidden.getElement().setAttribute("name", token.getParameterName());
      hidden.getElement().setAttribute("value", token.getToken());
      add(hidden);
    }
  }

  EmailField email() {
    return email;
  }

  PasswordField password() {
    return password;
  }

  /** A checkbox of the form itself, sent along. */
  void addCheckbox(String id, String name, String text) {
    Element box =
        new Element("input")
            .setAttribute("type", "checkbox")
            .setAttribute("id", id)
            .setAttribute("name", name);
    getElement().appendChild(new Element("label").appendChild(box, Element.createText(" " + text)));
  }

  /** Sends the form, as its own button would. */
  void submit() {
    getElement().executeJs("this.submit()");
  }
}
