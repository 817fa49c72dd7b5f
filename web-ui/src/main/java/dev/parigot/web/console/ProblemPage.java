package dev.parigot.web.console;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.ErrorParameter;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.HasErrorParameter;
import com.vaadin.flow.router.ParentLayout;
import com.vaadin.flow.router.RouterLink;
import com.vaadin.flow.server.auth.AnonymousAllowed;
import dev.parigot.problem.Problem;
import dev.parigot.web.console.apps.AppsView;
import dev.parigot.web.console.part.ProblemNote;

/** What is shown in place of a view that can't be shown, such as that of another's app. */
@AnonymousAllowed
@ParentLayout(ConsoleFrame.class)
public final class ProblemPage extends Div implements HasDynamicTitle, HasErrorParameter<Problem> {
  private String title = "";

  @Override
  public int setErrorParameter(BeforeEnterEvent event, ErrorParameter<Problem> parameter) {
    Problem problem = parameter.getException();
    title = problem.status() == 404 ? "Not found" : "This did not work";
    addClassNames("page", "slim");
    add(new H1(title), new ProblemNote(problem), new RouterLink("All apps", AppsView.class));
    return problem.status();
  }

  @Override
  public String getPageTitle() {
    return title + " · Parigot";
  }
}
