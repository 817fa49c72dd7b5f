package dev.parigot.wind;

import dev.parigot.contract.Contract.Kind;
import java.util.List;
import java.util.Locale;
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
    String services = list(layout.places().stream().map(Description::service));
    String edges = list(layout.calls().stream().map(Description::edge));
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

  private static String edge(Layout.Call call) {
    return "{"
        + text("from", call.from())
        + ","
        + text("to", call.to().service())
        + ","
        + text("method", call.to().method())
        + ",\"async\":"
        + call.to().async()
        + ",\"wound\":"
        + call.wound()
        + "}";
  }

  private static String text(String key, String value) {
    return "\"" + key + "\":\"" + value + "\"";
  }

  private static String list(Stream<String> items) {
    return items.collect(Collectors.joining(",", "[", "]"));
  }
}
