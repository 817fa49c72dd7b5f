package dev.parigot.web.console.account;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.parigot.account.AccessTokens;
import dev.parigot.account.Account;
import dev.parigot.web.Addresses;
import dev.parigot.web.console.ConsoleFrame;
import dev.parigot.web.console.Viewer;
import dev.parigot.web.security.Passwords;
import jakarta.annotation.security.PermitAll;

/** The account: who one is, access tokens, the command-line tool, the password. */
@PermitAll
@PageTitle("Account · Parigot")
@Route(value = "account", layout = ConsoleFrame.class)
public final class AccountView extends Div {
  AccountView(Viewer viewer, Passwords passwords, AccessTokens tokens, Addresses addresses) {
    Account account = viewer.account();
    addClassNames("page", "slim");
    Paragraph who = new Paragraph(account.name() + ", " + account.email());
    who.addClassName("soft");
    add(
        new H1("Account"),
        who,
        new H2("Access tokens"),
        new TokenList(tokens, account.id()),
        new H2("Command line"),
        new GetTheCommand(addresses.console()),
        new H2("Password"),
        new PasswordForm(passwords, account));
  }
}
