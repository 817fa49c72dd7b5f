package dev.parigot.web.console.app;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.AnchorTarget;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Span;
import dev.parigot.fleet.ServiceStatus;
import dev.parigot.pipeline.Underway;
import dev.parigot.release.Release;
import dev.parigot.web.console.part.CopyButton;
import dev.parigot.web.console.part.DigestText;
import dev.parigot.web.console.part.Moment;
import dev.parigot.web.console.part.ProblemNote;
import dev.parigot.web.console.part.StateMark;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is to be known of an app before all else: state, address, live release, what fails. */
final class AppStrip extends Div {
  /** What the strip shows; rebuilt only when it differs. */
  private record Shown(
      AppState state,
      Optional<Release> live,
      Optional<Release> pending,
      Optional<Underway> underway,
      List<String> failing) {}

  private final Div note = new Div();
  private final StateMark state = new StateMark("empty", "");
  private final Span facts = new Span();
  private @Nullable Shown shown;

  AppStrip(String name, String address) {
    addClassName("strip");
    state.setId("app-state");
    facts.setId("app-release");
    facts.addClassName("facts");
    note.addClassName("note");
    note.getElement().setAttribute("role", "status");
    Anchor link =
        new Anchor(address, address.replaceFirst("^https?://", "").replaceFirst("/$", ""));
    link.setTarget(AnchorTarget.BLANK);
    link.setId("app-address");
    Span where = new Span(link, new CopyButton(address, "Copy the address"));
    where.addClassName("address");
    H1 title = new H1(name);
    title.setId("app-name");
    add(title, state, where, facts, note);
  }

  void show(AppFacts now) {
    Shown next =
        new Shown(
            now.state(),
            now.live(),
            now.pending(),
            now.underway(),
            now.failing().stream().map(AppStrip::failure).toList());
    if (next.equals(shown)) {
      return;
    }
    shown = next;
    state.show(next.state().style(), next.state().word());
    facts.removeAll();
    next.live().ifPresent(release -> tellRelease(now, release));
    note.removeAll();
    now.underway().ifPresentOrElse(run -> note.add(deploying(run)), () -> tellPending(now));
    now.failing().forEach(each -> note.add(failing(now, each)));
  }

  private void tellRelease(AppFacts now, Release release) {
    Anchor number = new Anchor("apps/" + now.app().name() + "/releases", "v" + release.number());
    facts.add(new Span(new Span("Release "), number));
    String origin = ReleaseWords.origin(release);
    if (!origin.isEmpty()) {
      facts.add(new Span(origin));
    }
    if (release.commit() != null) {
      facts.add(new Span(new Span("commit "), new DigestText(release.commit())));
    }
    facts.add(new Span("by " + release.by()), new Moment(release.at()));
  }

  private void tellPending(AppFacts now) {
    now.pending()
        .filter(release -> now.live().isPresent())
        .ifPresent(release -> {
          int serving = now.live().orElseThrow().number();
          note.add(
              release.state() == Release.State.FAILED
                  ? ProblemNote.of(
                      "Release v" + release.number() + " failed. " + reason(release),
                      "v"
                          + serving
                          + " goes on serving. Mend what is named, commit, and push again.")
                  : waiting(
                      "v%d is starting; v%d serves until it is ready."
                          .formatted(release.number(), serving)));
        });
  }

  private static String reason(Release release) {
    return release.failure() == null ? "" : release.failure();
  }

  private static Component failing(AppFacts now, ServiceStatus status) {
    ProblemNote problem = ProblemNote.of(failure(status), "");
    problem.add(
        new Anchor(
            "apps/" + now.app().name() + "/logs?service=" + status.service().name(),
            "Its log lines"));
    problem.setId("failing-" + status.service().name());
    return problem;
  }

  private static String failure(ServiceStatus status) {
    String name = status.service().name() + " is failing";
    return status.lastError() == null
        ? name + "."
        : name + ": " + status.lastError().lines().findFirst().orElse("");
  }

  private static Component deploying(Underway run) {
    String step = run.steps().isEmpty() ? "reading what was pushed" : run.steps().getLast();
    Component waiting = waiting(run.by() + " deploys: " + step);
    waiting.setId("deploying");
    return waiting;
  }

  private static Component waiting(String text) {
    Div waiting = new Div(text);
    waiting.addClassName("waiting");
    return waiting;
  }
}
