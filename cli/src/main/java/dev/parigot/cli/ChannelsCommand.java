package dev.parigot.cli;

import dev.parigot.cli.platform.Platform;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
    private static final long LOOK_MILLIS = 500;

    @Option(names = "--json", description = "a JSON object a message")
    private boolean json;

    @Option(names = "--once", description = "what is kept alone")
    private boolean once;

    @Override
    int run() {
      Set<String> told = new HashSet<>();
      while (true) {
        Set<String> kept = new HashSet<>();
        for (JsonNode message : platform().get(where()).path("items")) {
          String id = message.path("id").asString();
          kept.add(id);
          if (!told.contains(id)) {
            print(message);
          }
        }
        out().flush();
        told = kept;
        if (once || !rest()) {
          return 0;
        }
      }
    }

    private static boolean rest() {
      try {
        Thread.sleep(LOOK_MILLIS);
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
