package dev.parigot.web.console.apps;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.parigot.app.Apps;
import dev.parigot.web.Addresses;
import dev.parigot.web.console.ConsoleFrame;
import dev.parigot.web.console.Viewer;
import jakarta.annotation.security.PermitAll;

/** The making of another app. */
@PermitAll
@PageTitle("New app · Parigot")
@Route(value = "new", layout = ConsoleFrame.class)
final class NewAppView extends Div {
  NewAppView(Viewer viewer, Apps apps, Addresses addresses) {
    add(new NewAppForm(viewer, apps, addresses, "New app"));
  }
}
