package dev.parigot.web.console.demos;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.AnchorTarget;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Span;
import dev.parigot.demo.Demo;
import dev.parigot.web.console.part.CommandLine;
import dev.parigot.web.console.part.Measure;
import dev.parigot.web.console.part.Moment;
import dev.parigot.web.console.part.StateMark;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Consumer;

/** One demo: its address, what has become of it, and its buttons, which stay as it changes. */
final class DemoEntry extends Div {
  private final H3 name = new H3();
  private final StateMark state = new StateMark("idle", "");
  private final Div facts = new Div();
  private final Button pause;
  private final Button revoke;
  private Demo shown;

  DemoEntry(Demo demo, String address, Consumer<Demo> pausing, Consumer<Demo> revoking) {
    shown = demo;
    addClassNames("card", "section", "demo");
    setId("demo-" + demo.label());
    facts.addClassNames("soft", "facts");
    Div heading = new Div(name, state);
    heading.addClassName("heading");
    Anchor preview = new Anchor(address, "Open it", AnchorTarget.BLANK);
    preview.getElement().setAttribute("rel", "noopener");
    preview.getElement().setAttribute("aria-label", "Open " + demo.name() + " in a new tab");
    pause = new Button("", _ -> pausing.accept(shown));
    revoke = new Button("Revoke", _ -> revoking.accept(shown));
    revoke.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.ERROR);
    Div actions = new Div(preview, pause, revoke);
    actions.addClassNames("fields", "actions");
    add(heading, facts, new CommandLine(address, "Copy the address of " + demo.name()), actions);
  }

  /** Shows what is true of it now. */
  void show(Demo demo, Instant now) {
    shown = demo;
    name.setText(demo.name());
    Demo.State what = demo.state(now);
    switch (what) {
      case OPEN -> state.show("live", "Open");
      case PAUSED -> state.show("idle", "Paused");
      case EXPIRED -> state.show("replaced", "Expired");
    }
    getElement().setAttribute("data-state", what.name().toLowerCase(Locale.ROOT));
    facts.removeAll();
    facts.add(
        new Span(demo.release() == null ? "the live release" : "v" + demo.release()),
        opens(demo),
        expiry(demo),
        new Span(new Span("shared by " + demo.by() + " "), new Moment(demo.at())));
    if (demo.startingData() != null) {
      facts.add(new Span("begins with data of its own"));
    }
    pause.setText(demo.paused() ? "Resume" : "Pause");
    pause.setAriaLabel(pause.getText() + " " + demo.name());
    revoke.setAriaLabel("Revoke " + demo.name());
  }

  private static Span opens(Demo demo) {
    Span opens = new Span(Measure.counted(Math.toIntExact(demo.opens()), "open"));
    opens.addClassName("opens");
    Instant last = demo.lastOpened();
    return last == null ? opens : new Span(opens, new Span(", last "), new Moment(last));
  }

  private static Span expiry(Demo demo) {
    Instant expires = demo.expires();
    return expires == null
        ? new Span("does not expire")
        : new Span(new Span("expires "), new Moment(expires));
  }
}
