package dev.parigot.web.console;

import com.vaadin.flow.component.HasElement;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.contextmenu.ContextMenu;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Header;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Nav;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.RouterLayout;
import com.vaadin.flow.router.RouterLink;
import dev.parigot.web.console.account.AccountView;
import dev.parigot.web.console.apps.AppsView;
import jakarta.annotation.security.PermitAll;

/** The bar above every view of someone who is signed in. */
@PermitAll
public final class ConsoleFrame extends Div implements RouterLayout {
  private final Main content = new Main();

  public ConsoleFrame(Viewer viewer) {
    addClassName("console");
    content.setId("content");
    content.getElement().setAttribute("tabindex", "-1");
    Anchor skip = new Anchor("#content", "Skip to the content");
    skip.addClassName("skip");
    skip.getElement().setAttribute("router-ignore", true);
    RouterLink brand = new RouterLink(AppsView.class);
    brand.addClassName("brand");
    brand.getElement().setAttribute("aria-label", "Parigot, all apps");
    brand.add(new Span("Parigot"));
    Nav nav = new Nav(new RouterLink("Apps", AppsView.class));
    nav.setAriaLabel("Console");
    Div spring = new Div();
    spring.addClassName("spring");
    add(skip, new Header(brand, nav, spring, accountMenu(viewer)), content);
  }

  private Button accountMenu(Viewer viewer) {
    Button button = new Button(viewer.account().name());
    button.setId("account-menu");
    button.addThemeVariants(ButtonVariant.TERTIARY);
    button.getElement().setAttribute("aria-haspopup", "menu");
    button.setAriaLabel("Account of " + viewer.account().name());
    ContextMenu menu = new ContextMenu(button);
    menu.setOpenOnClick(true);
    menu.addItem("Account", _ -> getUI().ifPresent(ui -> ui.navigate(AccountView.class)))
        .setId("menu-account");
    menu.addItem("Sign out", _ -> viewer.signOut()).setId("menu-sign-out");
    return button;
  }

  @Override
  public void showRouterLayoutContent(HasElement view) {
    content.getElement().removeAllChildren();
    content.getElement().appendChild(view.getElement());
  }
}
