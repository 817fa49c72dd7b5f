package dev.parigot.history;

import dev.parigot.history.Event.Fate;
import dev.parigot.history.History.Unreadable;
import dev.parigot.manifest.Manifest.Overlap;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Histories as lines of JSON; docs/history.md tells them. */
final class HistoryLines {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String FORMAT = "parigot history 1";

  private HistoryLines() {}

  static String write(History history) {
    StringBuilder lines = new StringBuilder();
    ObjectNode head = JSON.createObjectNode();
    head.put("format", FORMAT);
    head.put("app", history.app());
    head.put("began", history.began().toString());
    head.put("settled", history.settled());
    head.put("alone", history.alone());
    head.put("complete", history.complete());
    lines.append(JSON.writeValueAsString(head)).append('\n');
    history
        .events()
        .forEach(event -> lines.append(JSON.writeValueAsString(line(event))).append('\n'));
    return lines.toString();
  }

  private static ObjectNode line(Event event) {
    ObjectNode line = JSON.createObjectNode();
    line.put("event", name(event));
    line.put("begin", event.span().begin());
    if (event.span().ended()) {
      line.put("end", event.span().end());
    }
    if (event instanceof Event.Act act) {
      line.put("instance", act.by().instance());
      line.put("call", act.by().call());
    }
    switch (event) {
      case Event.Lived lived -> line.put("instance", lived.instance());
      case Event.Visit visit -> line.put("method", visit.method());
      case Event.Read read -> line.put("key", read.key()).put("value", read.value());
      case Event.Wrote wrote -> line.put("key", wrote.key()).put("value", wrote.value());
      case Event.Compared compared ->
          line.put("key", compared.key())
              .put("expected", compared.expected())
              .put("value", compared.value())
              .put("set", compared.set());
      case Event.Listed listed -> {
        line.put("prefix", listed.prefix()).put("after", listed.after());
        ArrayNode keys = line.put("limit", listed.limit()).putArray("keys");
        listed.keys().forEach(keys::add);
      }
      case Event.Slept slept -> line.put("nanos", slept.nanos()).put("took", slept.took());
      case Event.Clock clock -> line.put("nanos", clock.nanos());
      case Event.Other other -> line.put("action", other.action()).put("key", other.key());
      case Event.Sent sent ->
          message(line, sent.queue(), sent.message()).put("order", sent.order());
      case Event.Attempt attempt ->
          message(line, attempt.queue(), attempt.message())
              .put("attempt", attempt.attempt())
              .put("attempts", attempt.attempts());
      case Event.Settled settled ->
          message(line, settled.queue(), settled.message())
              .put("attempt", settled.attempt())
              .put("attempts", settled.attempts())
              .put("fate", word(settled.fate()));
      case Event.Waiting waiting -> {
        ArrayNode messages = line.putArray("messages");
        waiting.messages().forEach(messages::add);
      }
      case Event.Ran ran ->
          line.put("schedule", ran.schedule())
              .put("due", ran.due().toString())
              .put("began", ran.began().toString())
              .put("overlap", word(ran.overlap()));
    }
    return line;
  }

  private static ObjectNode message(ObjectNode line, String queue, long message) {
    return line.put("queue", queue).put("message", message);
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static String name(Event event) {
    return word(event.getClass().getSimpleName());
  }

  private static String word(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  static History read(String lines) throws Unreadable {
    List<Event> events = new ArrayList<>();
    @Nullable Line head = null;
    int number = 0;
    for (String text : lines.split("\n")) {
      number++;
      Line line = new Line(number, node(number, text));
      if (head != null) {
        events.add(line.event());
        continue;
      }
      if (!line.node.path("format").asString("").equals(FORMAT)) {
        throw line.wrong("its \"format\" is not \"" + FORMAT + "\"");
      }
      head = line;
    }
    if (head == null) {
      throw new Unreadable("it is empty");
    }
    return new History(
        head.text("app"),
        head.instant("began"),
        head.number("settled"),
        head.truth("alone"),
        head.truth("complete"),
        events);
  }

  private static JsonNode node(int number, String text) throws Unreadable {
    try {
      return JSON.readTree(text);
    } catch (JacksonException e) {
      throw new Unreadable("line " + number + ": it is no JSON: " + e.getOriginalMessage());
    }
  }

  /** A line of a file, that of the event or of the history itself. */
  private record Line(int number, JsonNode node) {
    Unreadable wrong(String why) {
      return new Unreadable("line " + number + ": " + why);
    }

    Event event() throws Unreadable {
      Span span = span();
      return switch (text("event")) {
        case "lived" -> new Event.Lived(span, text("instance"));
        case "visit" -> new Event.Visit(span, by(), text("method"));
        case "read" -> new Event.Read(span, by(), key("key"), textOrNull("value"));
        case "wrote" -> new Event.Wrote(span, by(), key("key"), textOrNull("value"));
        case "compared" ->
            new Event.Compared(
                span, by(), key("key"), textOrNull("expected"), text("value"), truth("set"));
        case "listed" ->
            new Event.Listed(
                span, by(), key("prefix"), key("after"), (int) number("limit"), keys());
        case "slept" -> new Event.Slept(span, by(), number("nanos"), number("took"));
        case "clock" -> new Event.Clock(span, by(), number("nanos"));
        case "other" -> new Event.Other(span, by(), text("action"), text("key"));
        case "sent" ->
            new Event.Sent(span, by(), text("queue"), number("message"), textOrNull("order"));
        case "attempt" ->
            new Event.Attempt(
                span,
                text("queue"),
                number("message"),
                (int) number("attempt"),
                (int) number("attempts"));
        case "settled" ->
            new Event.Settled(
                span,
                text("queue"),
                number("message"),
                (int) number("attempt"),
                (int) number("attempts"),
                one("fate", Fate.values()));
        case "waiting" -> new Event.Waiting(span, list("messages", this::number));
        case "ran" ->
            new Event.Ran(
                span,
                text("schedule"),
                instant("due"),
                instant("began"),
                one("overlap", Overlap.values()));
        default -> throw wrong("there is no event \"" + text("event") + "\"");
      };
    }

    private Span span() throws Unreadable {
      long begin = number("begin");
      long end = node.has("end") ? number("end") : Span.NEVER;
      if (begin < 0 || end < begin) {
        throw wrong("\"end\" is before \"begin\"");
      }
      return new Span(begin, end);
    }

    private Actor by() throws Unreadable {
      return new Actor(text("instance"), text("call"));
    }

    private List<String> keys() throws Unreadable {
      return list("keys", this::key);
    }

    private interface Item<T> {
      T of(JsonNode node, String name) throws Unreadable;
    }

    private <T> List<T> list(String name, Item<T> item) throws Unreadable {
      if (!node.path(name).isArray()) {
        throw wrong("\"" + name + "\" is missing, or no list");
      }
      List<T> items = new ArrayList<>();
      for (JsonNode each : node.path(name)) {
        items.add(item.of(each, name));
      }
      return items;
    }

    private String key(String name) throws Unreadable {
      return key(node.path(name), name);
    }

    private String key(JsonNode value, String name) throws Unreadable {
      String key = text(value, name);
      if (!Keys.isOne(key)) {
        throw wrong("\"" + name + "\" has bytes that are none");
      }
      return key;
    }

    private long number(String name) throws Unreadable {
      return number(node.path(name), name);
    }

    private long number(JsonNode value, String name) throws Unreadable {
      if (!value.isIntegralNumber() || !value.canConvertToLong()) {
        throw wrong("\"" + name + "\" is missing, or no number");
      }
      return value.asLong();
    }

    private boolean truth(String name) throws Unreadable {
      if (!node.path(name).isBoolean()) {
        throw wrong("\"" + name + "\" is missing, or neither true nor false");
      }
      return node.path(name).asBoolean();
    }

    private Instant instant(String name) throws Unreadable {
      try {
        return Instant.parse(text(name));
      } catch (DateTimeException e) {
        throw wrong("\"" + name + "\" is no time");
      }
    }

    private <T extends Enum<T>> T one(String name, T[] values) throws Unreadable {
      String text = text(name);
      for (T value : values) {
        if (word(value).equals(text)) {
          return value;
        }
      }
      throw wrong("\"" + name + "\" is \"" + text + "\", which is none");
    }

    private String text(String name) throws Unreadable {
      return text(node.path(name), name);
    }

    private String text(JsonNode value, String name) throws Unreadable {
      if (!value.isString()) {
        throw wrong("\"" + name + "\" is missing, or no text");
      }
      return value.asString();
    }

    private @Nullable String textOrNull(String name) throws Unreadable {
      return node.path(name).isNull() ? null : text(name);
    }
  }
}
