package dev.parigot.web.console.demos;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.AnchorTarget;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeDetails;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import dev.parigot.app.App;
import dev.parigot.demo.Demo;
import dev.parigot.demo.Demos;
import dev.parigot.demo.Terms;
import dev.parigot.problem.Problem;
import dev.parigot.release.Release;
import dev.parigot.web.console.part.CommandLine;
import dev.parigot.web.console.part.ProblemSlot;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks what to share and how, warns of what goes along, and shows the address. */
public final class ShareDialog extends Dialog {
  private static final int NEWEST = 50;

  /** Stands for whichever release is live. */
  private static final int LATEST = 0;

  /** How long a demo is shown. */
  private enum Span {
    EVER("Never", null),
    HOUR("In an hour", Duration.ofHours(1)),
    DAY("In a day", Duration.ofDays(1)),
    WEEK("In 7 days", Duration.ofDays(7)),
    MONTH("In 30 days", Duration.ofDays(30)),
    QUARTER("In 90 days", Duration.ofDays(90));

    private final String words;
    private final @Nullable Duration length;

    Span(String words, @Nullable Duration length) {
      this.words = words;
      this.length = length;
    }
  }

  /** What sharing came to. */
  private record Outcome(@Nullable Demo demo, @Nullable Problem problem) {}

  private final Sharing sharing;
  private final App app;
  private final String by;
  private final Runnable shared;
  private final TextField name = new TextField("Name");
  private final Select<Integer> release = new Select<>();
  private final Select<Span> expires = new Select<>();
  private final TextArea data = new TextArea("Starting data, as JSON");
  private final ProblemSlot problem = new ProblemSlot();
  private final Button share = new Button("Share");
  private final Button cancel = new Button("Cancel", _ -> close());

  /**
   * @param by the e-mail of who shares
   * @param chosen the release to begin with, or null for the live one
   * @param shared told when there is a new demo
   */
  public ShareDialog(
      Sharing sharing, App app, String by, @Nullable Integer chosen, Runnable shared) {
    this.sharing = sharing;
    this.app = app;
    this.by = by;
    this.shared = shared;
    setId("share-dialog");
    addClassName("share");
    setHeaderTitle("Share a demo of " + app.name());
    setCloseOnOutsideClick(false);
    setWidth("min(580px, 100vw)");
    name.setId("share-name");
    name.setHelperText("For you: visitors see the app's own name.");
    name.addClassName("wide");
    release.setId("share-release");
    release.setLabel("Release");
    release.addClassName("wide");
    release.setItems(releases());
    release.setItemLabelGenerator(
        number -> number == LATEST ? "The live one, whichever that is" : "v" + number);
    release.setValue(chosen == null ? LATEST : chosen);
    expires.setId("share-expires");
    expires.setLabel("Expires");
    expires.setItems(Span.values());
    expires.setItemLabelGenerator(span -> span.words);
    expires.setValue(Span.EVER);
    data.setId("share-data");
    data.addClassName("mono");
    data.setPlaceholder("{\"stock/tea\": \"12\"}");
    data.setHelperText("By key a string or {\"base64\": \"…\"}, 4 MiB in all.");
    NativeDetails more = new NativeDetails("Begin with other data than the repository's", data);
    Paragraph warning = new Paragraph(Demos.WARNING);
    warning.addClassName("warning");
    warning.setId("share-warning");
    warning.getElement().setAttribute("role", "note");
    Div choices = new Div(release, expires);
    choices.addClassName("fields");
    Div form = new Div(name, choices, more, warning, problem);
    form.addClassName("section");
    add(form);
    share.setId("share");
    share.addThemeVariants(ButtonVariant.PRIMARY);
    share.addClickListener(_ -> start());
    share.addClickShortcut(Key.ENTER).listenOn(name).resetFocusOnActiveElement();
    getFooter().add(cancel, share);
    addOpenedChangeListener(event -> {
      if (event.isOpened()) {
        name.focus();
      }
    });
  }

  private List<Integer> releases() {
    List<Integer> numbers = new ArrayList<>(List.of(LATEST));
    sharing.releases().of(app.id(), 0, NEWEST).stream()
        .filter(
            each -> each.state() == Release.State.LIVE || each.state() == Release.State.REPLACED)
        .map(Release::number)
        .forEach(numbers::add);
    return numbers;
  }

  private void start() {
    problem.removeAll();
    share.setEnabled(false);
    share.setText("Being made …");
    int number = Optional.ofNullable(release.getValue()).orElse(LATEST);
    String called = name.getValue();
    Span span = Optional.ofNullable(expires.getValue()).orElse(Span.EVER);
    Instant end = span.length == null ? null : sharing.clock().instant().plus(span.length);
    String json = data.getValue().strip();
    sharing
        .pulse()
        .once(
            this, () -> carryOut(called, number == LATEST ? null : number, end, json), this::show);
  }

  private Outcome carryOut(
      String called, @Nullable Integer number, @Nullable Instant end, String json) {
    try {
      byte[] begins = json.isEmpty() ? null : json.getBytes(StandardCharsets.UTF_8);
      return new Outcome(
          sharing.demos().share(app, number, begins, Terms.of(called, end), by), null);
    } catch (Problem found) {
      return new Outcome(null, found);
    }
  }

  private void show(Outcome outcome) {
    share.setEnabled(true);
    share.setText("Share");
    Demo demo = outcome.demo();
    if (outcome.problem() != null) {
      problem.show(outcome.problem());
    } else if (demo != null) {
      shared.run();
      show(demo);
    }
  }

  private void show(Demo demo) {
    String address = sharing.addresses().demo(demo);
    removeAll();
    Anchor open = new Anchor(address, "Open it in a new tab", AnchorTarget.BLANK);
    open.getElement().setAttribute("rel", "noopener");
    open.setId("shared-open");
    CommandLine copied = new CommandLine(address, "Copy the address");
    copied.setId("shared-address");
    Div done =
        new Div(
            new Paragraph("Whoever has this address can open the demo, without an account."),
            copied,
            open);
    done.addClassName("section");
    done.getElement().setAttribute("role", "status");
    add(done);
    Button close = new Button("Done", _ -> close());
    close.setId("share-done");
    close.addThemeVariants(ButtonVariant.PRIMARY);
    getFooter().removeAll();
    getFooter().add(close);
    close.focus();
  }
}
