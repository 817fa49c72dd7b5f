package dev.parigot.web.console.part;

import java.util.Locale;

/** Durations and sizes in words. */
public final class Measure {
  private Measure() {}

  /** A duration with two or three digits and its unit: 870 µs, 12 ms, 1.5 s. */
  public static String duration(long nanos) {
    double micros = nanos / 1_000.0;
    if (micros < 999.5) {
      return "%d µs".formatted(Math.round(micros));
    }
    double millis = micros / 1_000;
    if (millis < 9.95) {
      return String.format(Locale.ROOT, "%.1f ms", millis);
    }
    if (millis < 999.5) {
      return "%d ms".formatted(Math.round(millis));
    }
    double seconds = millis / 1_000;
    return seconds < 99.95
        ? String.format(Locale.ROOT, "%.1f s", seconds)
        : "%d s".formatted(Math.round(seconds));
  }

  /** A size in binary units: 912 B, 13.2 KiB, 64 MiB. */
  public static String bytes(long bytes) {
    if (bytes < 1024) {
      return bytes + " B";
    }
    double size = bytes;
    int unit = -1;
    do {
      size /= 1024;
      unit++;
    } while (size >= 1023.95 && unit < 2);
    String number = String.format(Locale.ROOT, "%.1f", size);
    return (number.endsWith(".0") ? number.substring(0, number.length() - 2) : number)
        + " "
        + new String[] {"KiB", "MiB", "GiB"}[unit];
  }

  /** A count and its noun: 1 instance, 2 instances. */
  public static String counted(long count, String one) {
    return String.format(Locale.ROOT, "%,d %s%s", count, one, count == 1 ? "" : "s");
  }
}
