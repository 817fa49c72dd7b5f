package dev.parigot.relay;

import dev.parigot.app.AppId;
import dev.parigot.channel.Broadcast;
import dev.parigot.channel.Declared;
import dev.parigot.channel.Listener;
import dev.parigot.channel.Message;
import dev.parigot.manifest.Audience;
import dev.parigot.manifest.ChannelRules;
import dev.parigot.problem.Problem;
import dev.parigot.situation.Refused;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The channels of all apps at this node. What is published here is told to those who listen here at
 * once, in memory; where there may be other nodes a {@link Relay} brings it to them.
 */
public final class AppChannels implements AutoCloseable {
  private final String origin;
  private final InstantSource clock;
  private final @Nullable Relay relay;
  private final Map<AppId, Broadcast> apps = new ConcurrentHashMap<>();

  /** Of a node that is alone. */
  public static AppChannels alone(RandomGenerator random, InstantSource clock) {
    return new AppChannels(Broadcast.origin(random), clock, null);
  }

  /**
   * Of a node among others.
   *
   * @param tables where the nodes meet
   */
  public static AppChannels among(RandomGenerator random, InstantSource clock, RelayTable tables) {
    String origin = Broadcast.origin(random);
    AppChannels channels = new AppChannels(origin, clock, new Relay(origin, tables));
    channels.begin();
    return channels;
  }

  private AppChannels(String origin, InstantSource clock, @Nullable Relay relay) {
    this.origin = origin;
    this.clock = clock;
    this.relay = relay;
  }

  private void begin() {
    if (relay != null) {
      relay.begin(this::of);
    }
  }

  /** Whether this node is alone. */
  public boolean areAlone() {
    return relay == null;
  }

  /** The channels of an app. To listen to them, see {@link #listen}. */
  public Broadcast of(AppId app) {
    return apps.computeIfAbsent(
        app, _ -> new Broadcast(origin, clock, (channel, message) -> pass(app, channel, message)));
  }

  private void pass(AppId app, String channel, Message message) {
    if (relay != null) {
      relay.pass(app, channel, message);
    }
  }

  /**
   * Publishes a message because somebody asked for it. A {@link Problem} if the channel is none, or
   * the message too large.
   */
  public Message publish(AppId app, ChannelRules rules, String channel, byte[] message) {
    check(rules, channel);
    if (message.length > ChannelRules.MESSAGE_BYTES) {
      throw Problem.user(
          413, "request-too-large", "A message to a channel has at most 64 KiB.", "Send less.");
    }
    return of(app).publish(channel, message);
  }

  /** A {@link Problem} if an app with such channels has none of that name. */
  public void check(ChannelRules rules, String channel) {
    try {
      Declared.check(rules, channel);
    } catch (Refused e) {
      throw Problem.user(
          e.code(), e.code() == 404 ? "not-found" : "no-channel-name", e.message(), "");
    }
  }

  /** The channels of the manifest, and all that are in use, by name. */
  public List<ChannelStatus> status(AppId app, ChannelRules rules) {
    Map<String, ChannelStatus> all = new TreeMap<>();
    rules
        .audiences()
        .forEach((name, audience) -> all.put(name, new ChannelStatus(name, audience, 0, 0)));
    for (Broadcast.Status each : of(app).status()) {
      Audience audience = rules.audience(each.name()).orElse(Audience.NOBODY);
      all.put(
          each.name(),
          new ChannelStatus(each.name(), audience, each.listeners(), each.lastMinute()));
    }
    return List.copyOf(all.values());
  }

  /** Lets somebody listen, as {@link Broadcast#listen} does, to what other nodes publish, too. */
  public Optional<Listener> listen(AppId app, String channel, @Nullable String lastEventId) {
    Broadcast broadcast = of(app);
    return relay == null
        ? broadcast.listen(channel, lastEventId)
        : relay.listen(app, broadcast, channel, lastEventId);
  }

  /** Has all who listen to an app here asked at once, whether they still may. */
  public void doubtAll(AppId app) {
    Optional.ofNullable(apps.get(app)).ifPresent(Broadcast::doubtAll);
  }

  /** Ends all who listen to an app that is stopped. */
  public void forget(AppId app) {
    Optional.ofNullable(apps.remove(app)).ifPresent(broadcast -> broadcast.end(_ -> true));
  }

  /** Forgets what is kept no longer. To be called now and then. */
  public void tend() {
    apps.values().forEach(Broadcast::sweep);
  }

  /** Ends all who listen. */
  @Override
  public void close() {
    apps.values().forEach(broadcast -> broadcast.end(_ -> true));
    if (relay != null) {
      relay.close();
    }
  }
}
