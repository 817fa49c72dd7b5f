package dev.parigot.web.console.tests;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.AnchorTarget;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Paragraph;
import dev.parigot.gate.GateRun;
import dev.parigot.gate.SharedFailures;
import dev.parigot.web.Addresses;
import dev.parigot.web.console.part.CopyButton;
import java.util.Optional;

/** A link under which whoever has it sees the failure, without an account. */
final class ShareLine extends Div {
  private final SharedFailures shared;
  private final GateRun run;
  private final String test;
  private final String by;
  private final Addresses addresses;

  /**
   * @param by the e-mail of who looks
   */
  ShareLine(SharedFailures shared, GateRun run, String test, String by, Addresses addresses) {
    this.shared = shared;
    this.run = run;
    this.test = test;
    this.by = by;
    this.addresses = addresses;
    addClassName("section");
    setId("share-failure");
    draw();
  }

  private void draw() {
    removeAll();
    add(new H3("Show it to others"));
    Optional<String> label = shared.label(run, test);
    if (label.isEmpty()) {
      Button share =
          new Button(
              "Make a link",
              _ -> {
                var _ = shared.share(run, test, by);
                draw();
              });
      share.setId("share");
      add(
          new Paragraph(
              "Whoever has the link sees this picture, with the keys, values and log lines in it, and can run the test in a browser, with the modules that were tested. It takes no account."),
          new Div(share));
      return;
    }
    String address = addresses.sharedFailure(label.get());
    Anchor link = new Anchor(address, address, AnchorTarget.BLANK);
    link.setId("shared-failure");
    Div line = new Div(link, new CopyButton(address, "Copy the link"));
    line.addClassName("command");
    Button revoke =
        new Button(
            "Revoke the link",
            _ -> {
              var _ = shared.revoke(run, test);
              draw();
            });
    revoke.setId("revoke");
    add(line, new Div(revoke));
  }
}
