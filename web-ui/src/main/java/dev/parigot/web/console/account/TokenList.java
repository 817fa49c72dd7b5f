package dev.parigot.web.console.account;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableCell;
import com.vaadin.flow.component.html.NativeTableHeaderCell;
import com.vaadin.flow.component.html.NativeTableRow;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextField;
import dev.parigot.account.AccessToken;
import dev.parigot.account.AccessTokens;
import dev.parigot.account.AccountId;
import dev.parigot.web.console.part.CommandLine;
import dev.parigot.web.console.part.Moment;
import dev.parigot.web.console.part.ProblemSlot;
import java.util.List;

/** The access tokens of an account; a new one's secret is shown once. */
final class TokenList extends Div {
  private static final int MOST = 1_000;

  private final AccessTokens tokens;
  private final AccountId account;
  private final TextField name = new TextField("Name of a new token");
  private final ProblemSlot problem = new ProblemSlot();
  private final Div made = new Div();
  private final Div list = new Div();

  TokenList(AccessTokens tokens, AccountId account) {
    this.tokens = tokens;
    this.account = account;
    addClassNames("card", "section");
    name.setId("token-name");
    name.setPlaceholder("laptop");
    name.addClassName("wide");
    made.setId("token-made");
    made.addClassName("section");
    made.getElement().setAttribute("role", "status");
    list.setId("tokens");
    list.addClassName("scroller");
    Button create = new Button("Create token", _ -> create());
    create.setId("create-token");
    create.addThemeVariants(ButtonVariant.PRIMARY);
    create.addClickShortcut(Key.ENTER).listenOn(name).resetFocusOnActiveElement();
    Div fields = new Div(name, create);
    fields.addClassName("fields");
    add(
        new Paragraph(
            "A token stands for you in git (in the password's place) and in the REST API."),
        list,
        fields,
        problem,
        made);
    show();
  }

  private void create() {
    problem.attempt(() -> {
      AccessToken.Created created = tokens.create(account, name.getValue().strip());
      made.removeAll();
      made.add(
          new Paragraph("Copy the token now: it is not shown again."),
          new CommandLine(created.token(), "Copy the token"));
      name.clear();
      show();
    });
  }

  private void show() {
    list.removeAll();
    List<AccessToken> all = tokens.of(account, 0, MOST);
    if (all.isEmpty()) {
      Paragraph none = new Paragraph("You have no tokens.");
      none.addClassName("soft");
      list.add(none);
      return;
    }
    NativeTable table = new NativeTable();
    table.addClassName("facts-table");
    NativeTableRow head = table.getHead().addRow();
    for (String column : new String[] {"Name", "Made", "Last used", "Revoke"}) {
      NativeTableHeaderCell cell = new NativeTableHeaderCell(column);
      cell.getElement().setAttribute("scope", "col");
      head.add(cell);
    }
    all.forEach(token -> row(table, token));
    list.add(table);
  }

  private void row(NativeTable table, AccessToken token) {
    NativeTableHeaderCell title = new NativeTableHeaderCell(token.name());
    title.getElement().setAttribute("scope", "row");
    Component used =
        token.lastUsedAt() == null ? new Span("never") : new Moment(token.lastUsedAt());
    Button revoke = new Button("Revoke", _ -> confirm(token));
    revoke.setAriaLabel("Revoke " + token.name());
    revoke.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.ERROR, ButtonVariant.SMALL);
    table
        .getBody()
        .addRow()
        .add(
            title,
            new NativeTableCell(new Moment(token.createdAt())),
            new NativeTableCell(used),
            new NativeTableCell(revoke));
  }

  private void confirm(AccessToken token) {
    ConfirmDialog dialog =
        new ConfirmDialog(
            "Revoke " + token.name() + "?",
            "Whatever signs in with this token is refused from now on.",
            "Revoke",
            _ -> revoke(token));
    dialog.setConfirmButtonTheme("error primary");
    dialog.setCancelable(true);
    dialog.open();
  }

  private void revoke(AccessToken token) {
    problem.attempt(() -> tokens.revoke(account, token.id()));
    made.removeAll();
    show();
  }
}
