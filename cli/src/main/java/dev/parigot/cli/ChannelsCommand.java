package dev.parigot.cli;

import dev.parigot.cli.platform.Event;
import dev.parigot.cli.platform.Platform;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code parigot channels}: what the app tells those who listen. */
@Command(
    name = "channels",
    description = "Lists the app's channels: who may listen, who does, and how much is said.",
    subcommands = {ChannelsCommand.Follow.class, ChannelsCommand.Publish.class})
final class ChannelsCommand extends AppVerb {
  @Option(names = "--json", description = "as JSON")
  private boolean json;

  @Override
  int run() {
    List<JsonNode> channels = platform().all(path("/channels"));
    if (json) {
      printJson(channels);
    } else if (channels.isEmpty()) {
      out().println(app() + " has no channels: [channels.NAME] in parigot.toml makes some.");
    } else {
      Table table = new Table("CHANNEL", "MAY LISTEN", "LISTENERS", "MESSAGES/MIN");
      for (JsonNode channel : channels) {
        table.row(
            channel.path("name").asString(),
            channel.path("audience").asString(),
            channel.path("listeners").asString(),
            channel.path("perMinute").asString());
      }
      table.print(out());
    }
    return 0;
  }

  /** A verb about one channel. */
  abstract static class OfOne extends AppVerb {
    @Parameters(index = "0", paramLabel = "NAME", description = "the channel")
    private String name = "";

    final String where() {
      return path("/channels/" + Platform.encoded(name));
    }
  }

  /** {@code parigot channels follow}. */
  @Command(
      name = "follow",
      description = "Prints what is published to a channel, until Ctrl-C: what is kept first.")
  static final class Follow extends OfOne {
    private static final long REST_MILLIS = 1_000;

    @Option(names = "--json", description = "a JSON object a message")
    private boolean json;

    @Option(names = "--once", description = "what is kept alone")
    private boolean once;

    private @Nullable String last;

    @Override
    int run() {
      if (once) {
        platform().get(where()).path("items").forEach(this::print);
        return 0;
      }
      do {
        platform().events(where() + "?follow=true", last, this::heard);
        // The stream ends for those who were too slow, and with a release that changes the channel.
      } while (rest());
      return 0;
    }

    private void heard(Event event) {
      last = event.id();
      print(JsonMapper.shared().readTree(event.data()));
      out().flush();
    }

    private static boolean rest() {
      try {
        Thread.sleep(REST_MILLIS);
        return true;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }

    private void print(JsonNode message) {
      if (json) {
        out().println(JsonMapper.shared().writeValueAsString(message));
        return;
      }
      String text =
          message.path("text").isNull()
              ? message.path("base64").asString("")
              : message.path("text").asString("");
      out().println(Printable.time(message.path("at").asString()) + "  " + Printable.of(text));
    }
  }

  /** {@code parigot channels publish}. */
  @Command(name = "publish", description = "Tells those who listen to a channel something.")
  static final class Publish extends OfOne {
    @Parameters(index = "1", paramLabel = "TEXT", description = "the message")
    private String text = "";

    @Override
    int run() {
      JsonNode published = platform().post(where(), text.getBytes(StandardCharsets.UTF_8));
      out().println("Published as " + published.path("id").asString() + ".");
      return 0;
    }
  }
}
