package dev.parigot.cli;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code parigot rollback}: an earlier release once more. */
@Command(
    name = "rollback",
    description = "Makes an earlier release live again, with its configuration, as a new release.")
final class RollbackCommand extends BranchVerb {
  @Parameters(
      paramLabel = "vN",
      arity = "0..1",
      description = "the release (the one before the live one)")
  private @Nullable String release;

  @Override
  int run() {
    int number = release == null ? before() : releaseNumber(release);
    new Deployment(out()).run(platform(), path("/rollback"), Map.of("release", number));
    return 0;
  }

  /** The newest that was live before the one that is. */
  private int before() {
    List<JsonNode> releases = platform().all(path("/releases"));
    int live =
        releases.stream()
            .filter(each -> each.path("state").asString().equals("live"))
            .mapToInt(each -> each.path("number").asInt())
            .findFirst()
            .orElse(0);
    return releases.stream()
        .filter(each -> each.path("state").asString().equals("replaced"))
        .mapToInt(each -> each.path("number").asInt())
        .filter(number -> number < live)
        .max()
        .orElseThrow(() -> new UserMistake(subject() + " has no release to roll back to"));
  }
}
