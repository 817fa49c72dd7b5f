package dev.parigot.web.console.staging;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.AnchorTarget;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import dev.parigot.release.Release;
import dev.parigot.web.console.part.CopyButton;
import dev.parigot.web.console.part.DigestText;
import dev.parigot.web.console.part.Moment;
import dev.parigot.web.console.part.StateMark;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One branch: its address, what is live there and how that differs; its buttons stay. */
final class StagingEntry extends Div {
  private final StateMark state = new StateMark("empty", "");
  private final Div facts = new Div();
  private final Div difference = new Div();
  private final Button promote;
  private Staged shown;

  StagingEntry(
      Staged staged, String address, Consumer<Staged> promoting, Consumer<Staged> deleting) {
    shown = staged;
    addClassNames("card", "section", "staged");
    setId("staging-" + staged.app().name().slug());
    facts.addClassNames("soft", "facts");
    String branch = staged.branch().name();
    Anchor pages = new Anchor("apps/" + staged.app().name(), branch);
    H3 name = new H3(pages);
    Div heading = new Div(name, state);
    heading.addClassName("heading");
    promote = new Button("Promote to production", _ -> promoting.accept(shown));
    promote.setAriaLabel("Promote " + branch + " to production");
    promote.addThemeVariants(ButtonVariant.PRIMARY);
    Button delete = new Button("Delete", _ -> deleting.accept(shown));
    delete.setAriaLabel("Delete the staging of " + branch);
    delete.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.ERROR);
    Anchor open = new Anchor("apps/" + staged.app().name(), "Services, logs and settings");
    open.getElement().setAttribute("aria-label", "Services, logs and settings of " + branch);
    Div actions = new Div(promote, open, delete);
    actions.addClassNames("fields", "actions");
    add(heading, facts, where(address, branch), difference, actions);
    draw(null);
  }

  private static Span where(String address, String branch) {
    Anchor link =
        new Anchor(address, address.replaceFirst("^https?://", "").replaceFirst("/$", ""));
    link.setTarget(AnchorTarget.BLANK);
    link.getElement().setAttribute("rel", "noopener");
    Span where = new Span(link, new CopyButton(address, "Copy the address of " + branch));
    where.addClassName("address");
    return where;
  }

  /** Shows what is true of it now, if that is not what is shown. */
  void show(Staged staged) {
    Staged before = shown;
    shown = staged;
    if (!staged.equals(before)) {
      draw(before);
    }
  }

  private void draw(@Nullable Staged before) {
    state.show(shown.state().style(), shown.state().word());
    promote.setEnabled(shown.live().isPresent());
    facts.removeAll();
    shown.live().ifPresent(this::tell);
    if (before == null || !before.difference().equals(shown.difference())) {
      difference.removeAll();
      shown
          .difference()
          .ifPresentOrElse(
              found -> difference.add(new DifferenceTable(found)),
              () -> difference.add(new Paragraph("Nothing is live here yet.")));
    }
  }

  private void tell(Release release) {
    facts.add(
        new Span(
            new Span("Release "),
            new Anchor("apps/" + shown.app().name() + "/releases", "v" + release.number())));
    if (release.commit() != null) {
      facts.add(new Span(new Span("commit "), new DigestText(release.commit())));
    }
    facts.add(new Span("by " + release.by()), new Moment(release.at()));
  }
}
