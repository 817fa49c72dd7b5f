package dev.parigot.channel;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How far somebody has heard a channel: of each process that publishes the number of its last
 * message. It is the id of an event, such as {@code k3f9a1.17} or {@code k3f9a1.17,p0x2b7.4}, and
 * holds at every node, whichever order messages of different nodes came in.
 */
record Position(Map<String, Long> numbers) {
  /** So many processes have published within the time that messages are kept. */
  private static final int MOST_ORIGINS = 64;

  private static final Pattern PART = Pattern.compile("([a-z0-9]{1,16})\\.([0-9]{1,18})");

  Position {
    numbers = Collections.unmodifiableMap(new TreeMap<>(numbers));
  }

  /** Empty if it is none. */
  static Optional<Position> of(String id) {
    Map<String, Long> numbers = new TreeMap<>();
    String[] parts = id.split(",", MOST_ORIGINS + 1);
    if (parts.length > MOST_ORIGINS) {
      return Optional.empty();
    }
    for (String part : parts) {
      Matcher matcher = PART.matcher(part);
      if (!matcher.matches()) {
        return Optional.empty();
      }
      numbers.put(matcher.group(1), Long.parseLong(matcher.group(2)));
    }
    return Optional.of(new Position(numbers));
  }

  boolean isBefore(String origin, long number) {
    return numbers.getOrDefault(origin, 0L) < number;
  }

  Position with(String origin, long number) {
    Map<String, Long> next = new TreeMap<>(numbers);
    next.merge(origin, number, Math::max);
    return new Position(next);
  }

  /** Of these processes only. */
  Position among(Set<String> origins) {
    Map<String, Long> kept = new TreeMap<>(numbers);
    kept.keySet().retainAll(origins);
    return new Position(kept);
  }

  @Override
  public String toString() {
    return numbers.entrySet().stream()
        .map(each -> each.getKey() + "." + each.getValue())
        .collect(Collectors.joining(","));
  }
}
