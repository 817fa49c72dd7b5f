package dev.parigot.cli;

import dev.parigot.cli.platform.Event;
import dev.parigot.cli.platform.Platform;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A release in the making, told a line at a time as a push tells it. */
final class Deployment {
  private static final String STEP = "-----> ";
  private static final String DETAIL = "       ";

  private final PrintWriter out;
  private @Nullable JsonNode problem;
  private boolean live;

  Deployment(PrintWriter out) {
    this.out = out;
  }

  /** Asks for it, and waits until it is live; what refuses it is thrown. */
  void run(Platform platform, String path, Object body) {
    platform.postForEvents(path, body, this::tell);
    if (problem != null) {
      throw Platform.refusal(problem);
    }
    if (!live) {
      throw Platform.brokenOff(
          "the platform broke off before it told the outcome; see parigot releases");
    }
  }

  void step(String text) {
    line(STEP, text);
  }

  private void tell(Event event) {
    JsonNode data = JsonMapper.shared().readTree(event.data());
    switch (event.name()) {
      case "step" -> step(data.path("text").asString());
      case "detail" -> line(DETAIL, data.path("text").asString());
      case "release" -> live = true;
      case "problem" -> problem = data;
      default -> {
        // A newer platform may tell more than this command knows of.
      }
    }
  }

  private void line(String arrow, String text) {
    out.println(arrow + Printable.of(text));
    out.flush();
  }
}
