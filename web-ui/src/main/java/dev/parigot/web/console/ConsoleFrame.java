package dev.parigot.web.console;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HasElement;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Header;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Nav;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.popover.Popover;
import com.vaadin.flow.component.popover.PopoverPosition;
import com.vaadin.flow.router.RouterLayout;
import com.vaadin.flow.router.RouterLink;
import dev.parigot.account.AccountId;
import dev.parigot.app.Apps;
import dev.parigot.web.console.account.AccountView;
import dev.parigot.web.console.apps.AppsView;
import dev.parigot.web.console.palette.Palette;
import jakarta.annotation.security.PermitAll;
import java.util.Map;

/** The bar above every view of someone who is signed in. */
@PermitAll
public final class ConsoleFrame extends Div implements RouterLayout {
  private static final int MOST_APPS = 1_000;

  private final Main content = new Main();

  ConsoleFrame(Viewer viewer, Apps apps) {
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
    AccountId account = viewer.account().id();
    Palette palette =
        new Palette(() -> apps.of(account, "", MOST_APPS), Map.of("Sign out", viewer::signOut));
    Header header = new Header(brand, nav, spring, opener(palette), accountMenu(viewer));
    add(skip, header, content, palette);
  }

  private static Button opener(Palette palette) {
    Button button = new Button("Go to …");
    button.setId("open-palette");
    button.addThemeVariants(ButtonVariant.SMALL);
    button.setSuffixComponent(new Span("Ctrl K"));
    button.addClassName("hint");
    button.addClickListener(_ -> palette.open());
    return button;
  }

  private static Component accountMenu(Viewer viewer) {
    Button button = new Button(viewer.account().name());
    button.setId("account-menu");
    button.addThemeVariants(ButtonVariant.TERTIARY);
    button.setAriaLabel("Account of " + viewer.account().name());
    Button signOut = new Button("Sign out", _ -> viewer.signOut());
    signOut.setId("menu-sign-out");
    signOut.addThemeVariants(ButtonVariant.TERTIARY);
    RouterLink account = new RouterLink("Account", AccountView.class);
    account.setId("menu-account");
    Div menu = new Div(account, signOut);
    menu.addClassName("menu");
    Popover popover = new Popover(menu);
    popover.setTarget(button);
    popover.setPosition(PopoverPosition.BOTTOM_END);
    popover.setAriaLabel("Account");
    return new Span(button, popover);
  }

  @Override
  public void showRouterLayoutContent(HasElement view) {
    content.getElement().removeAllChildren();
    content.getElement().appendChild(view.getElement());
  }
}
