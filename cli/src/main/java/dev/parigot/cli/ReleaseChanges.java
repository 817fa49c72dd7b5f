package dev.parigot.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** What two releases have otherwise, as lines: {@code +} is there now, {@code -} no more. */
final class ReleaseChanges {
  private final List<String> lines = new ArrayList<>();

  private ReleaseChanges() {}

  /** Prints what the platform answers about a release and one that it is compared with. */
  static void print(JsonNode answer, PrintWriter out) {
    JsonNode since = answer.path("since");
    out.println(
        since.isNull()
            ? "all of it is new:"
            : "v%d against v%d:".formatted(answer.path("release").asInt(), since.asInt()));
    lines(answer.path("changes")).forEach(line -> out.println("  " + Printable.of(line)));
    out.flush();
  }

  private static List<String> lines(JsonNode difference) {
    ReleaseChanges changes = new ReleaseChanges();
    difference.path("services").forEach(changes::service);
    changes.site(difference.path("site"));
    changes.names("configuration", difference.path("config"));
    changes.names("queues", difference.path("queues"));
    changes.names("schedules", difference.path("cron"));
    changes.names("channels", difference.path("channels"));
    changes.names("sign-in", difference.path("signIn"));
    changes.gains("", "outbound", difference.path("outbound"), JsonNode::asString);
    List<String> unchanged = texts(difference.path("unchanged"));
    if (!unchanged.isEmpty()) {
      changes.lines.add("unchanged: " + String.join(", ", unchanged));
    }
    return changes.lines;
  }

  private void service(JsonNode service) {
    lines.add(
        service.path("change").asString()
            + " "
            + service.path("name").asString()
            + sizes(service.path("before"), service.path("now")));
    gains("  ", "method", service.path("methods"), JsonNode::asString);
    gains("  ", "calls", service.path("calls"), ReleaseChanges::call);
    gains("  ", "over HTTP", service.path("exposed"), JsonNode::asString);
    gains("  ", "imports", service.path("capabilities"), JsonNode::asString);
    service
        .path("settings")
        .forEach(setting ->
            lines.add(
                "  %s: %s, was %s"
                    .formatted(
                        setting.path("name").asString(),
                        setting.path("now").asString(),
                        setting.path("before").asString())));
  }

  private static String sizes(JsonNode before, JsonNode now) {
    if (before.isNull()) {
      return ", " + bytes(now);
    }
    if (now.isNull()) {
      return ", was " + bytes(before);
    }
    return before.path("digest").equals(now.path("digest"))
        ? ""
        : ", " + bytes(now) + ", was " + bytes(before);
  }

  private static String bytes(JsonNode module) {
    return "%,d bytes".formatted(module.path("size").asLong());
  }

  static String call(JsonNode call) {
    return call.path("service").asString()
        + "."
        + call.path("method").asString()
        + (call.path("async").asBoolean() ? " without waiting" : "");
  }

  private void site(JsonNode site) {
    files("added", site.path("added"));
    files("changed", site.path("changed"));
    files("removed", site.path("removed"));
    if (!site.path("serviceBefore").equals(site.path("serviceNow"))) {
      lines.add(
          "site service: %s, was %s"
              .formatted(
                  site.path("serviceNow").asString("none"),
                  site.path("serviceBefore").asString("none")));
    }
  }

  private void files(String word, JsonNode files) {
    int count = files.path("count").asInt();
    List<String> paths = texts(files.path("paths"));
    if (count > 0) {
      String more = count > paths.size() ? ", and %,d more".formatted(count - paths.size()) : "";
      lines.add("site " + word + ": " + String.join(", ", paths) + more);
    }
  }

  private void names(String what, JsonNode names) {
    for (String word : List.of("added", "changed", "removed")) {
      List<String> found = texts(names.path(word));
      if (!found.isEmpty()) {
        lines.add(what + " " + word + ": " + String.join(", ", found));
      }
    }
  }

  private void gains(String indent, String what, JsonNode gains, Function<JsonNode, String> text) {
    gains.path("gained").forEach(each -> lines.add(indent + "+ " + what + " " + text.apply(each)));
    gains.path("lost").forEach(each -> lines.add(indent + "- " + what + " " + text.apply(each)));
  }

  private static List<String> texts(JsonNode list) {
    return list.valueStream().map(JsonNode::asString).toList();
  }
}
