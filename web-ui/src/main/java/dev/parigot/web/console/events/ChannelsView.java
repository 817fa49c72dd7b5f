package dev.parigot.web.console.events;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.router.Route;
import dev.parigot.app.App;
import dev.parigot.channel.Message;
import dev.parigot.fleet.Fleet;
import dev.parigot.manifest.ChannelRules;
import dev.parigot.relay.AppChannels;
import dev.parigot.relay.ChannelStatus;
import dev.parigot.web.Addresses;
import dev.parigot.web.console.Pulse;
import dev.parigot.web.console.Viewer;
import dev.parigot.web.console.app.AppFrame;
import jakarta.annotation.security.PermitAll;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** The channels of an app: who listens, what was said last, and a way to say something. */
@PermitAll
@Route(value = "channels", layout = AppFrame.class)
final class ChannelsView extends LiveList<ChannelsView.Told, ChannelEntry> {
  private static final Duration OFTEN = Duration.ofSeconds(1);

  /** An app may have a channel for each of its things. */
  private static final int MOST = 50;

  private static final int MESSAGES = 10;

  private final Fleet fleet;
  private final AppChannels channels;

  /** A channel and its last messages, the newest first. */
  record Told(ChannelStatus channel, List<Message> messages) {}

  ChannelsView(Fleet fleet, AppChannels channels, Addresses addresses, Viewer viewer, Pulse pulse) {
    super("Channels", OFTEN, addresses, viewer, pulse);
    this.fleet = fleet;
    this.channels = channels;
  }

  @Override
  List<Told> read(App shown) {
    return channels.status(shown.id(), rules(shown)).stream()
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

  @Override
  int most() {
    return MOST;
  }

  @Override
  String name(Told told) {
    return told.channel().name();
  }

  @Override
  ChannelEntry entry(App shown, String name) {
    return new ChannelEntry(name, this::publish);
  }

  @Override
  void show(ChannelEntry entry, Told told) {
    entry.show(told.channel(), told.messages());
  }

  @Override
  Component empty() {
    return empty(
        "no-channels",
        "A channel tells the app's own pages what a service publishes, at once. None is in the live release; in parigot.toml it looks like this:",
        """
        [channels.orders]
        public = true\
        """);
  }

  private boolean publish(String channel, String text) {
    return change(shown -> {
      Message _ =
          channels.publish(
              shown.id(), rules(shown), channel, text.getBytes(StandardCharsets.UTF_8));
    });
  }
}
