package dev.parigot.web.console;

import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.page.AppShellConfigurator;
import com.vaadin.flow.component.page.ColorScheme;
import com.vaadin.flow.component.page.Push;
import com.vaadin.flow.component.page.Viewport;
import com.vaadin.flow.server.AppShellSettings;
import com.vaadin.flow.shared.ui.Transport;
import com.vaadin.flow.theme.aura.Aura;

/** The page around every view: theme, colours, and a connection over which the server can push. */
@Push(transport = Transport.WEBSOCKET_XHR)
@ColorScheme(ColorScheme.Value.SYSTEM)
@Viewport("width=device-width, initial-scale=1")
@StyleSheet(Aura.STYLESHEET)
@StyleSheet("context://console/console.css")
public class ConsoleShell implements AppShellConfigurator {
  private static final String ICON =
      "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 20 20'%3E"
          + "%3Crect width='20' height='20' rx='6' fill='%233c67d6'/%3E"
          + "%3Cg fill='%23fff'%3E%3Ccircle cx='5' cy='5' r='2.4'/%3E%3Ccircle cx='15' cy='10' r='2.4'/%3E"
          + "%3Ccircle cx='5' cy='15' r='2.4'/%3E%3C/g%3E%3C/svg%3E";

  @Override
  public void configurePage(AppShellSettings settings) {
    settings.setPageTitle("Parigot");
    settings.addLink("icon", ICON);
  }
}
