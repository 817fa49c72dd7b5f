package dev.parigot.cli;

import dev.parigot.workbench.Journal;
import java.io.PrintWriter;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Prints what happens in an app as one stream of lines: when, who, what; each service in a colour
 * of its own. Thread-safe.
 */
final class Terminal implements Journal {
  private static final List<String> LEVELS = List.of("trace", "debug", "info", "warn", "error");
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

  /** Cyan, magenta, blue, green, yellow, then their bright ones: red is for errors. */
  private static final int[] COLOURS = {36, 35, 34, 32, 33, 96, 95, 94, 92, 93};

  private static final int DIM = 2;
  private static final int RED = 31;
  private static final int YELLOW = 33;
  private static final int WIDEST = 16;

  private final PrintWriter out;
  private final boolean coloured;
  private final Supplier<LocalTime> clock;
  private final Map<String, Integer> colours = new LinkedHashMap<>();
  private int width = 7;

  Terminal(PrintWriter out, boolean coloured, Supplier<LocalTime> clock) {
    this.out = out;
    this.coloured = coloured;
    this.clock = clock;
  }

  /** Whether to use colours: on a terminal, unless NO_COLOR is set (https://no-color.org). */
  static boolean isColoured(Map<String, String> environment, boolean terminal) {
    return terminal
        && environment.getOrDefault("NO_COLOR", "").isEmpty()
        && !environment.getOrDefault("TERM", "").equals("dumb");
  }

  @Override
  public synchronized void log(String service, int level, String message) {
    int clamped = Math.clamp(level, 0, 4);
    String name = clamped == 2 ? "" : LEVELS.get(clamped) + " ";
    int colour = clamped == 4 ? RED : clamped == 3 ? YELLOW : clamped < 2 ? DIM : 0;
    String text = painted(colour, name + message.stripTrailing());
    line(service, text);
  }

  @Override
  public synchronized void request(String method, String path, int status, long nanos) {
    String answer = status + " in " + duration(nanos);
    int colour = status >= 500 ? RED : status >= 400 ? YELLOW : DIM;
    line("http", method + " " + path + " " + painted(colour, answer));
  }

  private static String duration(long nanos) {
    return nanos < 10_000_000 ? "%.1f ms".formatted(nanos / 1e6) : nanos / 1_000_000 + " ms";
  }

  @Override
  public synchronized void note(String text) {
    line("parigot", painted(DIM, text));
  }

  @Override
  public synchronized void trouble(String title, String details) {
    line("parigot", painted(RED, title));
    details.strip().lines().forEach(each -> out.println("  " + each));
    out.flush();
  }

  /** A line of nobody, as it is. */
  synchronized void plain(String text) {
    out.println(text);
    out.flush();
  }

  /** Gives those services their colours, in that order. */
  synchronized void introduce(Iterable<String> services) {
    services.forEach(this::colour);
  }

  private void line(String service, String text) {
    width = Math.clamp(service.length(), width, Math.max(width, WIDEST));
    String time = clock.get().truncatedTo(ChronoUnit.SECONDS).format(TIME);
    String name = ("%-" + width + "s").formatted(service);
    String margin = " ".repeat(time.length() + width + 3);
    out.println(
        painted(DIM, time)
            + " "
            + painted(colour(service), name)
            + "  "
            + text.replace("\n", "\n" + margin));
    out.flush();
  }

  private int colour(String service) {
    return switch (service) {
      case "parigot", "http", "build" -> DIM;
      default -> colours.computeIfAbsent(service, _ -> COLOURS[colours.size() % COLOURS.length]);
    };
  }

  private String painted(int colour, String text) {
    return coloured && colour != 0 ? "\u001b[" + colour + "m" + text + "\u001b[0m" : text;
  }
}
