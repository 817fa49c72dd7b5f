package dev.parigot.timing;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A run as it is kept in a file, to be repeated.
 *
 * @param test whose run it is
 * @param seed of all that is random in it
 * @param failure how it failed, for a reader
 * @param why likewise
 * @param modules the digests of the modules by their names
 */
public record Trace(
    String test,
    long seed,
    String failure,
    String why,
    Map<String, String> modules,
    List<Choice> choices) {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
  private static final String FORMAT = "parigot timing trace 1";

  public Trace {
    modules = Map.copyOf(modules);
    choices = List.copyOf(choices);
  }

  /** Thrown where a file is none; the message says why. */
  public static final class Unreadable extends Exception {
    Unreadable(String message) {
      super(message);
    }
  }

  /** The text of its file. */
  public String json() {
    ObjectNode root = JSON.createObjectNode();
    root.put("format", FORMAT);
    root.put("test", test);
    root.put("seed", seed);
    root.put("failure", failure);
    root.put("why", why);
    ObjectNode digests = root.putObject("modules");
    new TreeMap<>(modules).forEach(digests::put);
    ArrayNode list = root.putArray("choices");
    for (Choice choice : choices) {
      ObjectNode each = list.addObject();
      switch (choice) {
        case Choice.Switch(String instead, String next) -> {
          each.put("instead of", instead);
          each.put("next", next);
        }
        case Choice.Strike(Fault fault, String at) -> {
          each.put("fault", fault.name().toLowerCase(Locale.ROOT));
          each.put("at", at);
        }
      }
    }
    return JSON.writeValueAsString(root) + "\n";
  }

  public static Trace read(byte[] file) throws Unreadable {
    JsonNode root;
    try {
      root = JSON.readTree(file);
    } catch (JacksonException e) {
      throw new Unreadable("it is no JSON: " + e.getOriginalMessage());
    }
    if (!root.path("format").asString("").equals(FORMAT)) {
      throw new Unreadable("its \"format\" is not \"" + FORMAT + "\"");
    }
    Map<String, String> modules = new TreeMap<>();
    root.path("modules")
        .properties()
        .forEach(each -> modules.put(each.getKey(), each.getValue().asString("")));
    JsonNode seed = root.path("seed");
    if (!seed.canConvertToLong()) {
      throw new Unreadable("its \"seed\" is no number");
    }
    List<Choice> choices = new ArrayList<>();
    for (JsonNode each : root.path("choices")) {
      choices.add(choice(each));
    }
    return new Trace(
        text(root, "test"),
        seed.asLong(),
        root.path("failure").asString(""),
        root.path("why").asString(""),
        modules,
        choices);
  }

  private static Choice choice(JsonNode node) throws Unreadable {
    if (!node.has("fault")) {
      return new Choice.Switch(text(node, "instead of"), text(node, "next"));
    }
    String name = text(node, "fault");
    for (Fault fault : Fault.values()) {
      if (fault.name().toLowerCase(Locale.ROOT).equals(name)) {
        return new Choice.Strike(fault, text(node, "at"));
      }
    }
    throw new Unreadable("there is no fault \"" + name + "\"");
  }

  private static String text(JsonNode node, String name) throws Unreadable {
    JsonNode value = node.path(name);
    if (!value.isString()) {
      throw new Unreadable("\"" + name + "\" is missing in it, or no text");
    }
    return value.asString();
  }
}
