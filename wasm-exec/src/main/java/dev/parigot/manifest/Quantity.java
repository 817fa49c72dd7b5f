package dev.parigot.manifest;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers with a unit, as manifests have them. */
final class Quantity {
  private static final Pattern FORM = Pattern.compile("([0-9]{1,15}) ?([A-Za-z]+)");
  private static final Map<String, Long> BYTES =
      Map.of("B", 1L, "KiB", 1L << 10, "MiB", 1L << 20, "GiB", 1L << 30);
  private static final Map<String, Long> NANOS =
      Map.of("ms", 1_000_000L, "s", 1_000_000_000L, "m", 60_000_000_000L, "h", 3_600_000_000_000L);

  private Quantity() {}

  /** Bytes, from {@code 64MiB} and the like. */
  static Optional<Long> size(String text) {
    return read(text, BYTES);
  }

  /** A time, from {@code 10s} and the like. */
  static Optional<Duration> duration(String text) {
    return read(text, NANOS).map(Duration::ofNanos);
  }

  /** As it is written in manifests, in the biggest unit that gives a whole number. */
  static String show(long bytes) {
    if (bytes % (1L << 20) == 0) {
      return (bytes >> 20) + "MiB";
    }
    return bytes % (1L << 10) == 0 ? (bytes >> 10) + "KiB" : bytes + "B";
  }

  private static Optional<Long> read(String text, Map<String, Long> units) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches() || !units.containsKey(matcher.group(2))) {
      return Optional.empty();
    }
    try {
      long number = Long.parseLong(matcher.group(1));
      return Optional.of(Math.multiplyExact(number, units.get(matcher.group(2))));
    } catch (ArithmeticException tooBig) {
      return Optional.of(Long.MAX_VALUE);
    }
  }
}
