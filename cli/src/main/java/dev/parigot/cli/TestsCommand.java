package dev.parigot.cli;

import dev.parigot.cli.platform.Platform;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code parigot tests}: what the tests of pushes said, and those that somebody asked for. */
@Command(
    name = "tests",
    description = "Lists the runs of the app's tests on the platform, or shows one of them.",
    subcommands = {TestsCommand.Trace.class, TestsCommand.Share.class, TestsCommand.Revoke.class})
final class TestsCommand extends AppVerb {
  @Parameters(
      arity = "0..1",
      paramLabel = "RUN",
      description = "the number of a run: shows its tests, and how they failed")
  private @Nullable Long run;

  @Mixin private Listing listing = new Listing();

  @Override
  int run() {
    Long number = run;
    return number == null ? list() : show(number);
  }

  private int list() {
    List<JsonNode> runs = runs(listing.query());
    if (listing.json()) {
      printJson(runs);
    } else if (runs.isEmpty()) {
      out().println(app() + " has no runs of tests: [tests.NAME] in parigot.toml makes some.");
    } else {
      Table table = new Table("RUN", "AT", "BRANCH", "COMMIT", "BY", "OUTCOME", "WHAT");
      for (JsonNode each : runs) {
        table.row(
            each.path("id").asString(),
            Printable.time(each.path("at").asString()),
            each.path("branch").asString(),
            Printable.commit(each.path("commit").asString("")),
            each.path("by").asString(),
            each.path("outcome").asString(),
            what(each));
      }
      table.print(out());
    }
    return 0;
  }

  /** Each with its integration tests as {@code tests} and its timing tests as {@code timing}. */
  private List<JsonNode> runs(String which) {
    Map<Long, JsonNode> timing = new LinkedHashMap<>();
    for (JsonNode each : platform().get(path("/timing" + which)).path("items")) {
      timing.put(each.path("id").asLong(), each.path("tests"));
    }
    List<JsonNode> runs = new ArrayList<>();
    for (JsonNode each : platform().get(path("/tests" + which)).path("items")) {
      JsonNode orders = timing.get(each.path("id").asLong());
      runs.add(orders == null ? each : each.asObject().set("timing", orders));
    }
    return runs;
  }

  private static String what(JsonNode run) {
    long failed = failed(run.path("tests")) + failed(run.path("timing"));
    int tests = run.path("tests").size();
    long schedules =
        run.path("timing").valueStream().mapToLong(each -> each.path("schedules").asLong()).sum();
    List<String> what = new ArrayList<>();
    if (tests > 0) {
      what.add(tests == 1 ? "1 test" : tests + " tests");
    }
    if (schedules > 0) {
      what.add("%,d schedules".formatted(schedules));
    }
    if (failed > 0) {
      what.add(failed + " failed");
    }
    return String.join(", ", what);
  }

  private static long failed(JsonNode tests) {
    return tests.valueStream().filter(each -> !each.path("failure").isNull()).count();
  }

  private int show(long number) {
    // Pages begin after a number, and have the newest first.
    JsonNode found =
        runs("?limit=1&after=" + (number + 1)).stream()
            .filter(each -> each.path("id").asLong() == number)
            .findFirst()
            .orElseThrow(() ->
                new UserMistake(
                    "%s has no run %d of tests; parigot tests lists them"
                        .formatted(app(), number)));
    if (listing.json()) {
      printJson(found);
      return 0;
    }
    String commit = Printable.commit(found.path("commit").asString(""));
    out()
        .println(
            "run %d, %s: %s, branch %s%s, by %s"
                .formatted(
                    number,
                    Printable.time(found.path("at").asString()),
                    found.path("outcome").asString(),
                    Printable.of(found.path("branch").asString()),
                    commit.equals("-") ? "" : ", commit " + commit,
                    Printable.of(found.path("by").asString())));
    found.path("tests").forEach(test -> tell(test, number, "test", ""));
    found
        .path("timing")
        .forEach(test -> tell(test, number, "timing", ", " + schedules(test) + " schedules"));
    return 0;
  }

  private static String schedules(JsonNode test) {
    return "%,d of %,d".formatted(test.path("schedules").asLong(), test.path("wanted").asLong());
  }

  private void tell(JsonNode test, long number, String verb, String extent) {
    String name = test.path("name").asString();
    boolean passed = test.path("failure").isNull();
    out().println((passed ? "  ok    " : "  FAIL  ") + Printable.of(name) + extent);
    if (passed) {
      return;
    }
    JsonNode failure = platform().get(path(failure(number, name)));
    out().println("    " + Printable.of(failure.path("failure").asString()));
    out().println("    " + Printable.of(failure.path("sentence").asString()));
    out()
        .println(
            verb.equals("timing")
                ? "    to replay it: parigot tests trace %d %s, then parigot replay . %s.json"
                    .formatted(number, name, name)
                : "    to run it: parigot test . --filter " + name);
    out().println("    to show it to others: parigot tests share %d %s".formatted(number, name));
  }

  private static String failure(long run, String test) {
    return "/tests/%d/failures/%s".formatted(run, Platform.encoded(test));
  }

  /** A verb about a test of a run that failed. */
  abstract static class OfFailure extends AppVerb {
    @Parameters(index = "0", paramLabel = "RUN", description = "the number of the run")
    private long run;

    @Parameters(index = "1", paramLabel = "TEST", description = "the test, as MODULE.METHOD")
    private String test = "";

    String test() {
      return test;
    }

    String trace() {
      return path("/timing/%d/traces/%s".formatted(run, Platform.encoded(test)));
    }

    String link() {
      return path(failure(run, test) + "/link");
    }
  }

  /** {@code parigot tests trace}. */
  @Command(name = "trace", description = "Fetches the file that parigot replay takes.")
  static final class Trace extends OfFailure {
    @Parameters(
        index = "2",
        arity = "0..1",
        paramLabel = "FILE",
        description = "where it is put (TEST.json)")
    private @Nullable Path file;

    @Override
    int run() {
      Path to = dir().resolve(file == null ? Path.of(test() + ".json") : file);
      String trace = platform().text(trace());
      try {
        Files.writeString(to, trace, StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      out().println("kept in %s: see it again with parigot replay".formatted(dir().relativize(to)));
      return 0;
    }
  }

  /** {@code parigot tests share}. */
  @Command(
      name = "share",
      description = "Answers a link that shows a failure to whoever has it, without an account.")
  static final class Share extends OfFailure {
    @Override
    int run() {
      out().println(platform().put(link()).path("url").asString());
      return 0;
    }
  }

  /** {@code parigot tests revoke}. */
  @Command(name = "revoke", description = "Revokes that link.")
  static final class Revoke extends OfFailure {
    @Override
    int run() {
      platform().delete(link());
      out().println("nobody sees it by its link any more");
      return 0;
    }
  }
}
