package dev.parigot.web.console;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.ErrorParameter;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.HasErrorParameter;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.ParentLayout;
import com.vaadin.flow.router.RouterLink;
import com.vaadin.flow.server.auth.AnonymousAllowed;
import dev.parigot.web.console.apps.AppsView;

/** What is shown at an address of the console where nothing is. */
@AnonymousAllowed
@ParentLayout(ConsoleFrame.class)
public final class MissingPage extends Div
    implements HasDynamicTitle, HasErrorParameter<NotFoundException> {
  @Override
  public int setErrorParameter(
      BeforeEnterEvent event, ErrorParameter<NotFoundException> parameter) {
    addClassNames("page", "slim");
    add(
        new H1("Not found"),
        new Paragraph("There is no page at /" + event.getLocation().getPath() + "."),
        new RouterLink("All apps", AppsView.class));
    return 404;
  }

  @Override
  public String getPageTitle() {
    return "Not found" + " · Parigot";
  }
}
