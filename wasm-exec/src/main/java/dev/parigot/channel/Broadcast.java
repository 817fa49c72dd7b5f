package dev.parigot.channel;

import dev.parigot.manifest.ChannelRules;
import dev.parigot.situation.Channels;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The channels of one app in one process: hands each message to whoever listens, and keeps the last
 * ones for those who come again. Nobody waits in it. Thread-safe.
 */
public final class Broadcast {
  /** Of a channel that are kept, for {@link #KEPT_FOR}. */
  public static final int KEPT = 100;

  /** How long a message is kept. */
  public static final Duration KEPT_FOR = Duration.ofMinutes(2);

  /** Those who may listen to channels of an app, in one process. */
  public static final int MOST_LISTENERS = 1_000;

  /** The id of the last event of those who have heard nothing, and want all that is kept. */
  public static final String HEARD_NOTHING = "0.0";

  /** Of kept messages of all channels of an app: 8 MiB. */
  private static final int MOST_BYTES = 8 << 20;

  /** What a message takes beside its content, about. */
  private static final int OVERHEAD = 512;

  /** A name of six letters and digits. */
  private static final long ORIGINS = 36L * 36 * 36 * 36 * 36 * 36;

  /** So many processes whose messages are kept, or nearly. */
  private static final int MANY_ORIGINS = 8;

  private final String origin;
  private final InstantSource clock;
  private final Onward onward;

  /** By name: those that have listeners or kept messages. */
  private final Map<String, Channel> channels = new TreeMap<>();

  /** Of all channels, the oldest first. */
  private final Deque<Channel> order = new ArrayDeque<>();

  private long count;
  private int bytes;
  private int listeners;

  /** Who is told of what is published here, in its order, and does not make anybody wait. */
  @FunctionalInterface
  public interface Onward {
    void published(String channel, Message message);
  }

  /**
   * @param origin the name of this process: see {@link #origin(RandomGenerator)}
   * @param onward is told of each message that is published in this process
   */
  public Broadcast(String origin, InstantSource clock, Onward onward) {
    this.origin = origin;
    this.clock = clock;
    this.onward = onward;
  }

  /** A name that no other process has. */
  public static String origin(RandomGenerator random) {
    return Long.toString(ORIGINS + random.nextLong(ORIGINS), Character.MAX_RADIX);
  }

  private static final class Channel {
    final String name;
    final Deque<Message> messages = new ArrayDeque<>();
    final Set<Listener> listeners = new HashSet<>();
    final PerMinute rate = new PerMinute();
    Position position = new Position(Map.of());

    Channel(String name) {
      this.name = name;
    }
  }

  /**
   * How a channel is in this process.
   *
   * @param lastMinute the messages of the last minute
   */
  public record Status(String name, int listeners, int lastMinute) {}

  /** Tells a message to those who listen here; answers it as it is told. */
  public synchronized Message publish(String channel, byte[] content) {
    Message message = tell(channel, origin, ++count, clock.instant(), content);
    onward.published(channel, message);
    return message;
  }

  /** As services of an app with such channels are given it. */
  public Channels under(ChannelRules rules) {
    return (_, channel, message) -> {
      Declared.check(rules, channel);
      publish(channel, message);
    };
  }

  /**
   * Tells a message that was published in another process, whose messages come in their order; one
   * that has come before is not told again.
   */
  public synchronized void hear(String name, String from, long number, Instant at, byte[] content) {
    Channel channel = channels.get(name);
    if (channel == null || channel.position.isBefore(from, number)) {
      tell(name, from, number, at, content);
    }
  }

  private Message tell(String name, String from, long number, Instant at, byte[] content) {
    Channel channel = channels.computeIfAbsent(name, Channel::new);
    channel.position = position(channel).with(from, number);
    Message message = new Message(from, number, channel.position, at, content);
    channel.listeners.removeIf(listener -> !listener.offer(message));
    channel.rate.count(at.getEpochSecond());
    channel.messages.add(message);
    order.add(channel);
    bytes += size(message);
    if (channel.messages.size() > KEPT) {
      order.removeFirstOccurrence(channel);
      drop(channel);
    }
    sweep();
    return message;
  }

  /** Processes that have ended long ago are left out, or ids would grow. */
  private static Position position(Channel channel) {
    Position position = channel.position;
    return position.numbers().size() < MANY_ORIGINS
        ? position
        : position.among(
            channel.messages.stream().map(Message::origin).collect(Collectors.toSet()));
  }

  private static int size(Message message) {
    return OVERHEAD + message.content().length;
  }

  private void drop(Channel channel) {
    bytes -= size(channel.messages.remove());
  }

  /** Forgets what is kept no longer. To be called now and then, too, where nothing is published. */
  public synchronized void sweep() {
    Instant oldest = clock.instant().minus(KEPT_FOR);
    for (Channel first = order.peek(); first != null; first = order.peek()) {
      if (bytes <= MOST_BYTES && !first.messages.element().at().isBefore(oldest)) {
        return;
      }
      drop(order.remove());
      leaveIfEmpty(first);
    }
  }

  private void leaveIfEmpty(Channel channel) {
    if (channel.messages.isEmpty() && channel.listeners.isEmpty()) {
      channels.remove(channel.name, channel);
    }
  }

  /** Whether anybody listens to anything, or something is kept. */
  public synchronized boolean isIdle() {
    return channels.isEmpty();
  }

  /** Whether anybody listens to a channel here. */
  public synchronized boolean isHeard() {
    return listeners > 0;
  }

  /**
   * Lets somebody listen; empty if too many do.
   *
   * @param lastEventId the last that they have heard: what was kept since comes first; null, or
   *     what is no such id, for those who come anew
   */
  public synchronized Optional<Listener> listen(String name, @Nullable String lastEventId) {
    if (listeners >= MOST_LISTENERS) {
      return Optional.empty();
    }
    listeners++;
    Channel channel = channels.computeIfAbsent(name, Channel::new);
    Optional<Position> known = Optional.ofNullable(lastEventId).flatMap(Position::of);
    Position beginning = known.orElseGet(() -> channel.position.with(origin, count));
    Listener[] made = new Listener[1];
    Listener listener = new Listener(beginning, () -> leave(channel, made[0]));
    made[0] = listener;
    channel.messages.stream()
        .filter(message -> beginning.isBefore(message.origin(), message.number()))
        .forEach(listener::begin);
    channel.listeners.add(listener);
    return Optional.of(listener);
  }

  private synchronized void leave(Channel channel, Listener listener) {
    channel.listeners.remove(listener);
    listeners--;
    leaveIfEmpty(channel);
  }

  /** Ends all who listen to channels of which this is true. */
  public synchronized void end(Predicate<String> which) {
    channels.values().stream()
        .filter(channel -> which.test(channel.name))
        .forEach(channel -> channel.listeners.forEach(Listener::end));
  }

  /** Has everybody asked at once, whether they may still listen: a user may be gone. */
  public synchronized void doubtAll() {
    channels.values().forEach(channel -> channel.listeners.forEach(Listener::doubt));
  }

  /** Those channels that have listeners or kept messages, by name. */
  public synchronized List<Status> status() {
    sweep();
    long now = clock.instant().getEpochSecond();
    return channels.values().stream()
        .map(each -> new Status(each.name, each.listeners.size(), each.rate.sum(now)))
        .toList();
  }

  /** What is kept of a channel, the oldest first. */
  public synchronized List<Message> messages(String name) {
    sweep();
    Channel channel = channels.get(name);
    return channel == null ? List.of() : List.copyOf(channel.messages);
  }
}
