package dev.parigot.cli;

import dev.parigot.cli.platform.Platform;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code parigot cron}: the schedules of the live release. */
@Command(
    name = "cron",
    description = "Lists the schedules of the live release: when they are due, and how they fared.",
    subcommands = {CronCommand.Run.class, CronCommand.Runs.class})
final class CronCommand extends AppVerb {
  @Option(names = "--json", description = "as JSON")
  private boolean json;

  @Override
  int run() {
    List<JsonNode> schedules = platform().all(path("/cron"));
    if (json) {
      printJson(schedules);
    } else if (schedules.isEmpty()) {
      out().println(app() + " has no schedules: [cron.NAME] in parigot.toml makes some.");
    } else {
      Table table = new Table("SCHEDULE", "CALLS", "WHEN", "TIME ZONE", "NEXT", "LAST RUN");
      for (JsonNode each : schedules) {
        table.row(
            each.path("name").asString(),
            each.path("call").asString(),
            each.path("words").asString(),
            each.path("timezone").asString(),
            each.path("on").asBoolean(false)
                ? each.path("next").path(0).path("at").asString("never")
                : "off here",
            last(each.path("last")));
      }
      table.print(out());
    }
    return 0;
  }

  private static String last(JsonNode run) {
    return run.isObject()
        ? run.path("outcome").asString() + " " + run.path("at").asString()
        : "none";
  }

  /** {@code parigot cron runs}. */
  @Command(name = "runs", description = "Lists the last runs of a schedule, the newest first.")
  static final class Runs extends AppVerb {
    @Parameters(paramLabel = "NAME", description = "the schedule")
    private String name = "";

    @Option(names = "--json", description = "as JSON")
    private boolean json;

    @Override
    int run() {
      List<JsonNode> runs = platform().all(path("/cron/" + Platform.encoded(name) + "/runs"));
      if (json) {
        printJson(runs);
      } else if (runs.isEmpty()) {
        out().println(name + " has not run yet.");
      } else {
        Table table = new Table("RUN", "AT", "FOR", "OUTCOME", "TOOK", "WHAT");
        for (JsonNode each : runs) {
          table.row(
              each.path("id").asString(),
              each.path("at").asString(),
              each.path("askedBy").isNull()
                  ? each.path("due").asString("")
                  : each.path("askedBy").asString(),
              each.path("outcome").asString(),
              each.path("durationMs").isNull() ? "" : each.path("durationMs").asString() + " ms",
              what(each));
        }
        table.print(out());
      }
      return 0;
    }
  }

  /** What is to be said of a run beside its outcome. */
  private static String what(JsonNode run) {
    String said = run.path("said").asString("").lines().findFirst().orElse("");
    int missed = run.path("missed").asInt(0);
    return missed == 0
        ? said
        : ("made up for %d missed since %s %s"
                .formatted(missed, run.path("missedSince").asString(""), said))
            .strip();
  }

  /** {@code parigot cron run}. */
  @Command(name = "run", description = "Makes the call of a schedule now, and waits for its end.")
  static final class Run extends AppVerb {
    private static final long LOOK_MILLIS = 300;

    @Parameters(paramLabel = "NAME", description = "the schedule")
    private String name = "";

    @Override
    int run() {
      String where = path("/cron/" + Platform.encoded(name));
      JsonNode run = platform().post(where + "/run", Map.of());
      while (run.path("outcome").asString("").equals("running")) {
        rest();
        run = platform().get(where + "/runs/" + run.path("id").asString());
      }
      String outcome = run.path("outcome").asString();
      run.path("log").asString("").lines().forEach(line -> out().println(Printable.of(line)));
      out()
          .println(
              "%s %s in %s ms%s"
                  .formatted(
                      name,
                      outcome,
                      run.path("durationMs").asString("0"),
                      what(run).isEmpty() ? "" : ": " + Printable.of(what(run))));
      return outcome.equals("succeeded") ? 0 : Parigot.MISTAKEN;
    }

    private static void rest() {
      try {
        Thread.sleep(LOOK_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new UserMistake("interrupted; the run goes on");
      }
    }
  }
}
