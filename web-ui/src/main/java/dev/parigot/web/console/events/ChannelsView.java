package dev.parigot.web.console.events;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Pre;
import com.vaadin.flow.router.Route;
import dev.parigot.app.App;
import dev.parigot.channel.Message;
import dev.parigot.fleet.Fleet;
import dev.parigot.manifest.ChannelRules;
import dev.parigot.problem.Problem;
import dev.parigot.relay.AppChannels;
import dev.parigot.relay.ChannelStatus;
import dev.parigot.web.Addresses;
import dev.parigot.web.console.Pulse;
import dev.parigot.web.console.Viewer;
import dev.parigot.web.console.app.AppFacts;
import dev.parigot.web.console.app.AppFrame;
import dev.parigot.web.console.app.AppPage;
import dev.parigot.web.console.app.FirstPush;
import dev.parigot.web.console.part.ProblemNote;
import dev.parigot.web.console.part.ProblemSlot;
import jakarta.annotation.security.PermitAll;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The channels of an app: who listens, what was said last, and a way to say something. */
@PermitAll
@Route(value = "channels", layout = AppFrame.class)
final class ChannelsView extends Div implements AppPage {
  private static final Duration OFTEN = Duration.ofSeconds(1);

  /** An app may have a channel for each of its things. */
  private static final int MOST = 50;

  private static final int MESSAGES = 10;

  private final Fleet fleet;
  private final AppChannels channels;
  private final Addresses addresses;
  private final String by;
  private final ProblemSlot problem = new ProblemSlot();
  private final Paragraph more = new Paragraph();
  private final Div list = new Div();
  private final Map<String, ChannelEntry> entries = new LinkedHashMap<>();
  private volatile @Nullable App app;

  /** A channel and its last messages, the newest first. */
  private record Told(ChannelStatus channel, List<Message> messages) {}

  ChannelsView(Fleet fleet, AppChannels channels, Addresses addresses, Viewer viewer, Pulse pulse) {
    this.fleet = fleet;
    this.channels = channels;
    this.addresses = addresses;
    this.by = viewer.account().email();
    list.addClassName("section");
    more.addClassName("soft");
    more.setVisible(false);
    pulse.follow(list, OFTEN, this::read, this::draw);
  }

  @Override
  public void show(AppFacts facts) {
    if (facts.app().equals(app)) {
      return;
    }
    removeAll();
    entries.clear();
    if (facts.live().isEmpty()) {
      app = null;
      add(new FirstPush(facts.app(), addresses.git(facts.app().name()), by));
      return;
    }
    app = facts.app();
    Div page = new Div(new H2("Channels"), problem, list, more);
    page.addClassName("page");
    add(page);
    load();
  }

  private List<Told> read() {
    App shown = app;
    return shown == null
        ? List.of()
        : channels.status(shown.id(), rules(shown)).stream()
            .map(channel -> new Told(channel, newest(shown, channel.name())))
            .toList();
  }

  private List<Message> newest(App shown, String channel) {
    List<Message> kept = channels.of(shown.id()).messages(channel);
    return kept.subList(Math.max(0, kept.size() - MESSAGES), kept.size()).reversed();
  }

  private ChannelRules rules(App shown) {
    return fleet
        .active(shown.id())
        .map(release -> release.contents().channels())
        .orElse(ChannelRules.NONE);
  }

  /** What is there, or why it can't be told, and a way to try again. */
  private void load() {
    try {
      draw(read());
    } catch (RuntimeException e) {
      entries.clear();
      list.removeAll();
      list.add(
          e instanceof Problem known
              ? new ProblemNote(known)
              : new ProblemNote("The channels can't be read now.", List.of(), "Try again soon."),
          new Button("Try again", _ -> load()));
    }
  }

  private void draw(List<Told> all) {
    List<Told> told = all.subList(0, Math.min(MOST, all.size()));
    List<String> names = told.stream().map(each -> each.channel().name()).toList();
    if (!List.copyOf(entries.keySet()).equals(names) || names.isEmpty()) {
      entries.keySet().retainAll(names);
      list.removeAll();
      Map<String, ChannelEntry> before = new LinkedHashMap<>(entries);
      entries.clear();
      names.forEach(name ->
          entries.put(name, before.getOrDefault(name, new ChannelEntry(name, this::publish))));
      if (names.isEmpty()) {
        list.add(empty());
      }
      entries.values().forEach(list::add);
    }
    for (Told each : told) {
      ChannelEntry entry = entries.get(each.channel().name());
      if (entry != null) {
        entry.show(each.channel(), each.messages());
      }
    }
    more.setVisible(all.size() > told.size());
    more.setText("%,d more are in use.".formatted(all.size() - told.size()));
  }

  private static Component empty() {
    Div empty =
        new Div(
            new Paragraph(
                "A channel tells the app's own pages what a service publishes, at once. None is in the live release; in parigot.toml it looks like this:"),
            new Pre(
                """
                [channels.orders]
                public = true\
                """));
    empty.addClassName("empty");
    empty.setId("no-channels");
    return empty;
  }

  private boolean publish(String channel, String text) {
    App shown = app;
    boolean published =
        shown != null
            && problem.attempt(() -> {
              Message _ =
                  channels.publish(
                      shown.id(), rules(shown), channel, text.getBytes(StandardCharsets.UTF_8));
            });
    if (published) {
      load();
    }
    return published;
  }
}
