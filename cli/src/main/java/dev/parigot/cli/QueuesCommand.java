package dev.parigot.cli;

import dev.parigot.cli.platform.Platform;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code parigot queues}: what waits in the app's queues, and what was given up. */
@Command(
    name = "queues",
    description = "Lists the app's queues: what waits, is delivered, and was given up.",
    subcommands = {QueuesCommand.Dead.class, QueuesCommand.Resend.class, QueuesCommand.Drop.class})
final class QueuesCommand extends AppVerb {
  @Option(names = "--json", description = "as JSON")
  private boolean json;

  @Override
  int run() {
    List<JsonNode> queues = platform().all(path("/queues"));
    if (json) {
      printJson(queues);
    } else if (queues.isEmpty()) {
      out().println(app() + " has no queues: [queues.NAME] in parigot.toml makes some.");
    } else {
      Table table =
          new Table(
              "QUEUE", "DELIVERS TO", "WAITING", "OLDEST", "IN FLIGHT", "DEAD", "DELIVERED/MIN");
      for (JsonNode queue : queues) {
        table.row(
            queue.path("name").asString(),
            queue.path("deliver").asString("nothing, in this release"),
            queue.path("waiting").asString(),
            queue.path("oldest").asString(""),
            queue.path("inFlight").asString(),
            queue.path("dead").asString(),
            queue.path("deliveredPerMinute").asString());
      }
      table.print(out());
    }
    return 0;
  }

  /** A verb about the dead messages of one queue. */
  abstract static class OfDead extends AppVerb {
    @Parameters(index = "0", paramLabel = "QUEUE", description = "the queue")
    private String queue = "";

    final String where() {
      return path("/queues/" + Platform.encoded(queue) + "/dead");
    }
  }

  /** {@code parigot queues dead}. */
  @Command(
      name = "dead",
      description = "Lists a queue's dead messages, the newest first, or prints one of them.")
  static final class Dead extends OfDead {
    @Parameters(index = "1", arity = "0..1", paramLabel = "ID", description = "the one to print")
    private String id = "";

    @Option(names = "--json", description = "as JSON")
    private boolean json;

    @Override
    int run() {
      if (!id.isEmpty()) {
        out().println(Printable.of(platform().text(where() + "/" + Platform.encoded(id))));
        return 0;
      }
      List<JsonNode> dead = platform().all(where());
      if (json) {
        printJson(dead);
      } else if (dead.isEmpty()) {
        out().println("No message was given up.");
      } else {
        Table table = new Table("ID", "SENT", "GIVEN UP", "ATTEMPTS", "BYTES", "WHY");
        for (JsonNode each : dead) {
          table.row(
              each.path("id").asString(),
              each.path("sentAt").asString(),
              each.path("failedAt").asString(""),
              each.path("attempts").asString(),
              each.path("bytes").asString(),
              each.path("failure").asString("").lines().findFirst().orElse(""));
        }
        table.print(out());
      }
      return 0;
    }
  }

  /** A change of some dead messages, or all. */
  abstract static class Change extends OfDead {
    @Parameters(index = "1..*", arity = "0..*", paramLabel = "ID", description = "the messages")
    private List<String> ids = List.of();

    @Option(names = "--all", description = "all dead messages of the queue")
    private boolean all;

    abstract void one(String where);

    abstract void all(String where);

    abstract String done();

    @Override
    final int run() {
      if (all != ids.isEmpty()) {
        throw wrongUsage("give the ids of messages, or --all");
      }
      if (all) {
        all(where());
      } else {
        ids.forEach(id -> one(where() + "/" + Platform.encoded(id)));
      }
      out().println(done());
      return 0;
    }
  }

  /** {@code parigot queues resend}. */
  @Command(name = "resend", description = "Has dead messages delivered anew.")
  static final class Resend extends Change {
    private int resent;

    @Override
    void one(String where) {
      resent += platform().post(where + "/resend", Map.of()).path("resent").asInt(0);
    }

    @Override
    void all(String where) {
      one(where);
    }

    @Override
    String done() {
      return "Sent again: " + resent + ".";
    }
  }

  /** {@code parigot queues drop}. */
  @Command(name = "drop", description = "Deletes dead messages, for good.")
  static final class Drop extends Change {
    @Override
    void one(String where) {
      platform().delete(where);
    }

    @Override
    void all(String where) {
      platform().delete(where);
    }

    @Override
    String done() {
      return "Dropped.";
    }
  }
}
