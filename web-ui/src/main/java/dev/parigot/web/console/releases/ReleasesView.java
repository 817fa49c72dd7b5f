package dev.parigot.web.console.releases;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.OrderedList;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.Route;
import dev.parigot.app.App;
import dev.parigot.app.Situation;
import dev.parigot.pipeline.Pipeline;
import dev.parigot.pipeline.Underway;
import dev.parigot.release.Release;
import dev.parigot.release.Releases;
import dev.parigot.web.Addresses;
import dev.parigot.web.console.Pulse;
import dev.parigot.web.console.Viewer;
import dev.parigot.web.console.app.AppFacts;
import dev.parigot.web.console.app.AppFrame;
import dev.parigot.web.console.app.AppPage;
import dev.parigot.web.console.app.FirstPush;
import dev.parigot.web.console.demos.ShareDialog;
import dev.parigot.web.console.demos.Sharing;
import jakarta.annotation.security.PermitAll;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The releases of an app, newest first. */
@PermitAll
@Route(value = "releases", layout = AppFrame.class)
final class ReleasesView extends Div implements AppPage {
  private static final int STEP = 20;

  /** What the list depends on; read again when it differs. */
  private record Key(
      long app,
      Optional<Long> live,
      Optional<Release> newest,
      Optional<Underway> underway,
      int limit) {}

  private final Viewer viewer;
  private final Addresses addresses;
  private final Releases releases;
  private final Rollback rollback;
  private final Sharing sharing;
  private final Pulse pulse;

  /** By release, so that what is open stays open when the list is made anew. */
  private final Map<Long, ReleaseDetails> details = new HashMap<>();

  private int limit = STEP;
  private @Nullable Key shown;

  ReleasesView(
      Viewer viewer,
      Addresses addresses,
      Releases releases,
      Pipeline pipeline,
      Pulse pulse,
      Sharing sharing) {
    this.viewer = viewer;
    this.addresses = addresses;
    this.releases = releases;
    this.sharing = sharing;
    this.pulse = pulse;
    this.rollback = new Rollback(pipeline, viewer.account().email(), pulse);
  }

  @Override
  public void show(AppFacts facts) {
    Key key =
        new Key(
            facts.app().id().value(),
            facts.live().map(Release::id),
            facts.newest(),
            facts.underway(),
            limit);
    if (key.equals(shown)) {
      return;
    }
    shown = key;
    removeAll();
    List<Release> found = releases.of(facts.app().id(), 0, limit + 1);
    if (found.isEmpty() && facts.underway().isEmpty()) {
      add(new FirstPush(facts.app(), addresses.git(facts.app().name()), viewer.account().email()));
      return;
    }
    Div page = new Div(new H2("Releases"), rollback.outcome());
    page.addClassName("page");
    facts.underway().ifPresent(run -> page.add(new DeploymentEntry(run)));
    page.add(timeline(facts, found));
    if (found.size() > limit) {
      page.add(new Button("Show older releases", _ -> showOlder(facts)));
    } else if (!found.isEmpty() && found.getLast().number() > 1) {
      Paragraph end =
          new Paragraph("Releases before v" + found.getLast().number() + " are no longer kept.");
      end.addClassName("soft");
      page.add(end);
    }
    add(page);
  }

  private OrderedList timeline(AppFacts facts, List<Release> found) {
    OrderedList list = new OrderedList();
    list.addClassName("timeline");
    list.setId("releases");
    list.getElement().setAttribute("reversed", true);
    for (int i = 0; i < Math.min(limit, found.size()); i++) {
      Optional<Release> before = found.stream().skip(i + 1L).findFirst();
      list.add(new ListItem(entry(facts, found.get(i), before)));
    }
    return list;
  }

  private ReleaseEntry entry(AppFacts facts, Release release, Optional<Release> before) {
    ReleaseDetails opened =
        details.computeIfAbsent(release.id(), _ -> new ReleaseDetails(release, releases, pulse));
    return switch (release.state()) {
      case LIVE -> new ReleaseEntry(release, before, opened, actions(facts.app(), release));
      case REPLACED ->
          new ReleaseEntry(
              release,
              before,
              opened,
              actions(facts.app(), release, rollback.button(facts.app(), release)));
      case STARTING, FAILED -> new ReleaseEntry(release, before, opened);
    };
  }

  /** What can be done with it; a demo is shared of what is in production. */
  private Component[] actions(App app, Release release, Component... others) {
    Stream<Component> share =
        app.situation() instanceof Situation.Production
            ? Stream.of(share(app, release))
            : Stream.empty();
    return Stream.concat(share, Stream.of(others)).toArray(Component[]::new);
  }

  private Button share(App app, Release release) {
    Button button =
        new Button(
            "Share as demo",
            _ ->
                new ShareDialog(sharing, app, viewer.account().email(), release.number(), () -> {})
                    .open());
    button.setId("share-" + release.number());
    button.setAriaLabel("Share v" + release.number() + " as a demo");
    button.addThemeVariants(ButtonVariant.TERTIARY);
    return button;
  }

  private void showOlder(AppFacts facts) {
    limit += STEP;
    show(facts);
  }
}
