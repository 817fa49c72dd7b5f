package dev.parigot.web.console.releases;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import dev.parigot.release.Release;
import dev.parigot.web.console.app.ReleaseWords;
import dev.parigot.web.console.part.DigestText;
import dev.parigot.web.console.part.Moment;
import dev.parigot.web.console.part.ProblemNote;
import dev.parigot.web.console.part.StateMark;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** One release: what became of it, where it came from, and what it changed. */
final class ReleaseEntry extends Div {
  /**
   * @param before the release made before it, if there is one
   */
  ReleaseEntry(
      Release release, Optional<Release> before, ReleaseDetails details, Component... actions) {
    addClassNames("card", "release");
    setId("release-" + release.number());
    if (release.state() == Release.State.LIVE) {
      addClassName("live");
    }
    Div heading = new Div(new H2("v" + release.number()), state(release.state()), new Div(actions));
    heading.addClassName("heading");
    add(heading, origin(release), changes(release, before));
    if (release.state() == Release.State.FAILED) {
      add(
          ProblemNote.of(
              release.failure() == null ? "It could not be started." : release.failure(),
              "Nothing changed for those who call the app. Mend what is named, commit, and push again."));
    }
    add(details);
  }

  private static StateMark state(Release.State state) {
    String word =
        switch (state) {
          case STARTING -> "Starting";
          case LIVE -> "Live";
          case REPLACED -> "Replaced";
          case FAILED -> "Failed";
        };
    return new StateMark(state.name().toLowerCase(Locale.ROOT), word);
  }

  private static Component origin(Release release) {
    Div origin = new Div();
    origin.addClassNames("soft", "facts");
    String how = ReleaseWords.origin(release);
    if (!how.isEmpty()) {
      Span told = new Span(how);
      told.addClassName("origin");
      origin.add(told);
    }
    if (release.commit() != null) {
      origin.add(new Span(new Span("commit "), new DigestText(release.commit())));
    }
    origin.add(new Span("by " + release.by()), new Moment(release.at()));
    return origin;
  }

  private static Component changes(Release release, Optional<Release> before) {
    Release.Changes changes = release.changes();
    List<String> parts = new ArrayList<>();
    tell(parts, "Changed", changes.changed());
    tell(parts, "Added", changes.added());
    tell(parts, "Removed", changes.removed());
    int same = changes.unchanged().size();
    if (same > 0) {
      parts.add(parts.isEmpty() ? "No service changed" : same + " unchanged");
    }
    before.ifPresent(older -> tell(parts, "Configuration changed:", changedKeys(release, older)));
    return new Paragraph(String.join(" · ", parts));
  }

  private static List<String> changedKeys(Release release, Release before) {
    Set<String> keys = new TreeSet<>(release.config().keySet());
    keys.addAll(before.config().keySet());
    keys.removeIf(key -> Objects.equals(release.config().get(key), before.config().get(key)));
    return List.copyOf(keys);
  }

  private static void tell(List<String> parts, String word, List<String> services) {
    if (!services.isEmpty()) {
      parts.add(word + " " + String.join(", ", services));
    }
  }
}
