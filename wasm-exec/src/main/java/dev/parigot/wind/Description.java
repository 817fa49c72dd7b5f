package dev.parigot.wind;

import dev.parigot.contract.Contract.Kind;
import dev.parigot.contract.Dependency;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The JSON of the section in which a wound module tells what it was made of. Its texts are names of
 * services and methods, kinds and digests, none of which needs an escape.
 */
final class Description {
  static final String SECTION = "parigot.wind";

  private Description() {}

  static String of(Layout layout, List<Part> commands) {
    Set<String> wound =
        layout.places().stream().map(place -> place.part().name()).collect(Collectors.toSet());
    String services = list(layout.places().stream().map(Description::service));
    String edges =
        list(layout.places().stream().flatMap(place -> edges(place.part(), wound).stream()));
    String packed =
        list(
            commands.stream()
                .map(each ->
                    "{" + text("name", each.name()) + "," + text("digest", each.digest()) + "}"));
    return "{\"version\":1,\"services\":"
        + services
        + ",\"edges\":"
        + edges
        + ",\"commands\":"
        + packed
        + "}";
  }

  private static String service(Layout.Place place) {
    Part part = place.part();
    String memory =
        part.contract().kind() == Kind.SERVICE ? String.valueOf(place.exported("memory")) : "null";
    return "{"
        + text("name", part.name())
        + ","
        + text("kind", part.contract().kind().name().toLowerCase(Locale.ROOT))
        + ","
        + text("digest", part.digest())
        + ",\"memory\":"
        + memory
        + "}";
  }

  private static List<String> edges(Part part, Set<String> wound) {
    return part.contract().dependencies().stream().map(call -> edge(part, call, wound)).toList();
  }

  private static String edge(Part from, Dependency call, Set<String> wound) {
    return "{"
        + text("from", from.name())
        + ","
        + text("to", call.service())
        + ","
        + text("method", call.method())
        + ",\"async\":"
        + call.async()
        + ",\"wound\":"
        + (!call.async() && wound.contains(call.service()))
        + "}";
  }

  private static String text(String key, String value) {
    return "\"" + key + "\":\"" + value + "\"";
  }

  private static String list(Stream<String> items) {
    return items.collect(Collectors.joining(",", "[", "]"));
  }
}
