package dev.parigot.replay;

import dev.parigot.replay.Recording.Entry;
import dev.parigot.replay.Recording.Event;
import dev.parigot.replay.Recording.Given;
import dev.parigot.replay.Recording.Outside;
import dev.parigot.replay.Recording.Request;
import dev.parigot.replay.Recording.Step;
import dev.parigot.situation.User;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** One value of the file of a recording, which knows the way to itself. */
record RecordingReader(String place, JsonNode node) {
  private static final int VERSION = 1;
  private static final long NANOS_PER_MICRO = 1000;

  /** The latest time in a recording, in microseconds: a hundred years. */
  private static final long LATEST = 36_525L * 86_400_000_000L;

  static Recording read(byte[] json) {
    RecordingReader file = new RecordingReader("", parsed(json));
    if (!file.node.isObject() || file.node.path("replay").intValue(0) != VERSION) {
      throw new MalformedRecording(
          "1:1", "this is no recording: it has no \"replay\": " + VERSION + " in it");
    }
    List<Step> steps = file.get("steps").all(RecordingReader::step);
    if (steps.isEmpty()) {
      throw file.get("steps").expected("at least one step, the start");
    }
    return new Recording(
        file.get("app").text(),
        file.get("began").instant(),
        file.get("config").values(RecordingReader::text),
        file.get("data").all(RecordingReader::pair),
        steps);
  }

  private static JsonNode parsed(byte[] json) {
    try {
      return JsonMapper.shared().readTree(json);
    } catch (JacksonException e) {
      TokenStreamLocation at = e.getLocation();
      String place = at == null ? "1:1" : at.getLineNr() + ":" + at.getColumnNr();
      throw new MalformedRecording(place, "it is no JSON: " + e.getOriginalMessage());
    }
  }

  private MalformedRecording expected(String what) {
    boolean absent = node.isMissingNode();
    return new MalformedRecording(place, (absent ? "is missing: " : "") + "expected " + what);
  }

  private boolean has(String name) {
    return node.has(name);
  }

  private RecordingReader get(String name) {
    JsonNode child = node.path(name);
    return new RecordingReader(place.isEmpty() ? name : place + "." + name, child);
  }

  private RecordingReader get(int index) {
    JsonNode child = node.path(index);
    return new RecordingReader(place + "[" + index + "]", child);
  }

  private String text() {
    if (!node.isString()) {
      throw expected("a text");
    }
    return node.stringValue();
  }

  private long number(long most) {
    if (!node.isIntegralNumber() || !node.canConvertToLong()) {
      throw expected("a whole number");
    }
    long value = node.longValue();
    if (value < 0 || value > most) {
      throw expected("a number from 0 to " + most);
    }
    return value;
  }

  private Instant instant() {
    try {
      return Instant.parse(text());
    } catch (DateTimeException e) {
      throw expected("a time such as 2026-01-31T12:00:00Z");
    }
  }

  private long nanos() {
    return number(LATEST) * NANOS_PER_MICRO;
  }

  private byte[] base64() {
    try {
      return Base64.getDecoder().decode(text());
    } catch (IllegalArgumentException e) {
      throw expected("base64");
    }
  }

  private byte[] content() {
    if (node.isObject()) {
      return get("base64").base64();
    }
    if (!node.isString()) {
      throw expected("a text, or {\"base64\": \"…\"}");
    }
    return node.stringValue().getBytes(StandardCharsets.UTF_8);
  }

  private <T> List<T> all(Function<RecordingReader, T> reader) {
    if (!node.isArray()) {
      throw expected("an array");
    }
    List<T> all = new ArrayList<>();
    for (int i = 0; i < node.size(); i++) {
      all.add(reader.apply(get(i)));
    }
    return all;
  }

  private <T> List<T> allIfAny(Function<RecordingReader, T> reader) {
    return node instanceof MissingNode ? List.of() : all(reader);
  }

  private <T> Map<String, T> values(Function<RecordingReader, T> reader) {
    if (node instanceof MissingNode) {
      return Map.of();
    }
    if (!node.isObject()) {
      throw expected("an object");
    }
    Map<String, T> values = new LinkedHashMap<>();
    for (String name : node.propertyNames()) {
      values.put(name, reader.apply(get(name)));
    }
    return values;
  }

  private Entry pair() {
    return new Entry(get(0).content(), get(1).content());
  }

  private Step step() {
    if (!node.isObject()) {
      throw expected("an object");
    }
    Given given =
        new Given(
            get("random").values(RecordingReader::base64),
            get("clock").values(each -> each.all(RecordingReader::nanos)),
            get("outside").allIfAny(RecordingReader::outside));
    return new Step(get("at").nanos(), event(), given);
  }

  private Event event() {
    if (has("request")) {
      return new Event.Asked(
          get("request").request(),
          (int) get("answer").get("status").number(999),
          get("answer").get("body").content());
    }
    if (has("fire")) {
      return new Event.Fired(get("fire").text(), get("code").number(0xffff_ffffL));
    }
    if (has("put")) {
      RecordingReader value = get("put").get("value");
      return new Event.Changed(
          new Entry(get("put").get("key").content(), value.node.isNull() ? null : value.content()));
    }
    return new Event.Started();
  }

  private Request request() {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    for (RecordingReader header : get("headers").all(each -> each)) {
      headers
          .computeIfAbsent(header.get(0).text().toLowerCase(Locale.ROOT), _ -> new ArrayList<>())
          .add(header.get(1).text());
    }
    RecordingReader path = get("path");
    if (!path.text().startsWith("/")) {
      throw path.expected("a path that begins with /");
    }
    return new Request(
        get("method").text(),
        path.text(),
        headers,
        get("body").content(),
        has("user") ? get("user").user() : null);
  }

  /** The text of a user's claims, which is a JSON object with his id. */
  private User user() {
    String claims = text();
    try {
      JsonNode id = JsonMapper.shared().readTree(claims).path("id");
      if (id.isString()) {
        return new User(id.stringValue(), claims);
      }
    } catch (JacksonException e) {
      throw expected("the claims of a user as JSON");
    }
    throw expected("the claims of a user, an \"id\" among them");
  }

  private Outside outside() {
    return has("answer")
        ? new Outside.Answered(get("answer").base64())
        : new Outside.Refused((int) get("code").number(599), get("message").text());
  }
}
