package dev.parigot.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code parigot releases}: what was deployed, the newest first. */
@Command(
    name = "releases",
    description = "Lists the app's releases, the newest first, or shows and compares them.",
    subcommands = {ReleasesCommand.Show.class, ReleasesCommand.Diff.class})
final class ReleasesCommand extends BranchVerb {
  /** {@code parigot releases show}. */
  @Command(name = "show", description = "Shows a release: what it is made of, and what it changed.")
  static final class Show extends BranchVerb {
    @Parameters(paramLabel = "vN", description = "the release")
    private String release = "";

    @Option(names = "--json", description = "as JSON, without what it changed")
    private boolean json;

    @Override
    int run() {
      String path = path("/releases/" + releaseNumber(release));
      JsonNode details = platform().get(path);
      if (json) {
        printJson(details);
        return 0;
      }
      head(details);
      services(details.path("services"));
      out().println();
      ReleaseChanges.print(platform().get(path + "/changes"), out());
      return 0;
    }

    private void head(JsonNode details) {
      JsonNode made = details.path("release");
      String commit = made.path("commit").asString("");
      out().println("v" + made.path("number").asInt() + "  " + made.path("state").asString());
      out()
          .println(
              "%s by %s%s"
                  .formatted(
                      Printable.time(made.path("at").asString()),
                      Printable.of(made.path("by").asString()),
                      commit.isEmpty() ? "" : ", commit " + commit));
      List<String> steps =
          details
              .path("steps")
              .valueStream()
              .map(step ->
                  "%s %.1f s"
                      .formatted(
                          step.path("name").asString(), step.path("millis").asLong() / 1000.0))
              .toList();
      if (!steps.isEmpty()) {
        out().println("took " + String.join(", ", steps));
      }
      made.path("failure").asString("").lines().forEach(line -> out().println(Printable.of(line)));
    }

    private void services(JsonNode services) {
      Table table = new Table("SERVICE", "KIND", "BYTES", "DIGEST", "METHODS", "CALLS");
      services.forEach(service ->
          table.row(
              service.path("name").asString(),
              service.path("kind").asString(),
              "%,d".formatted(service.path("size").asLong()),
              service.path("digest").asString().replaceFirst("^sha256:(.{12}).*", "$1"),
              joined(service.path("methods").valueStream().map(JsonNode::asString).toList()),
              joined(service.path("calls").valueStream().map(ReleaseChanges::call).toList())));
      table.print(out());
    }

    private static String joined(List<String> names) {
      return names.isEmpty() ? "-" : String.join(", ", names);
    }
  }

  /** {@code parigot releases diff}. */
  @Command(name = "diff", description = "Tells what a release has otherwise than another one.")
  static final class Diff extends BranchVerb {
    @Parameters(index = "0", paramLabel = "vN", description = "the earlier release")
    private String before = "";

    @Parameters(index = "1", paramLabel = "vM", description = "the later one")
    private String now = "";

    @Option(names = "--json", description = "as JSON")
    private boolean json;

    @Override
    int run() {
      int since = releaseNumber(before);
      JsonNode changes =
          platform().get(path("/releases/" + releaseNumber(now) + "/changes?since=" + since));
      if (json) {
        printJson(changes);
      } else {
        ReleaseChanges.print(changes, out());
      }
      return 0;
    }
  }

  @Mixin private Listing listing = new Listing();

  @Override
  int run() {
    JsonNode releases = platform().get(path("/releases" + listing.query())).path("items");
    if (listing.json()) {
      printJson(releases);
    } else if (releases.isEmpty()) {
      out().println(subject() + " has no releases. Make one: parigot deploy");
    } else {
      Table table = new Table("RELEASE", "STATE", "AT", "BY", "COMMIT", "WHAT");
      releases.forEach(release ->
          table.row(
              "v" + release.path("number").asInt(),
              release.path("state").asString(),
              Printable.time(release.path("at").asString()),
              release.path("by").asString(),
              Printable.commit(release.path("commit").asString("")),
              what(release)));
      table.print(out());
    }
    return 0;
  }

  private static String what(JsonNode release) {
    List<String> what = new ArrayList<>();
    switch (release.path("origin").asString("")) {
      case "rollback" -> what.add("rollback to v" + release.path("rolledBackTo").asInt());
      case "configuration" -> what.add("configuration");
      case "promotion" ->
          what.add(
              "promotion of %s v%d"
                  .formatted(
                      release.path("promotedBranch").asString(""),
                      release.path("promotedRelease").asInt()));
      default -> {
        for (String kind : List.of("changed", "added", "removed")) {
          List<String> names = release.path(kind).valueStream().map(JsonNode::asString).toList();
          if (!names.isEmpty()) {
            what.add(kind + " " + String.join(", ", names));
          }
        }
      }
    }
    String failure = release.path("failure").asString("");
    if (!failure.isEmpty()) {
      what.add(failure.lines().findFirst().orElse(""));
    }
    return what.isEmpty() ? "no service changed" : String.join("; ", what);
  }
}
