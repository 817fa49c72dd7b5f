package dev.parigot.cli;

import dev.parigot.cli.platform.Platform;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A verb about an app where one branch of it runs: in production, or in staging. */
abstract class BranchVerb extends AppVerb {
  private static final Set<String> PRODUCTION = Set.of("main", "master");

  @Option(
      names = "--branch",
      paramLabel = "BRANCH",
      description = "what this branch has in staging (what is in production)")
  private @Nullable String branch;

  private @Nullable String name;

  /** In the words of messages: the app, or the branch of it that is meant. */
  final String subject() {
    String wanted = staging();
    return wanted == null ? app() : "the branch " + wanted + " of " + app();
  }

  /** The branch that is meant; null for production. */
  final @Nullable String staging() {
    return branch == null || PRODUCTION.contains(branch) ? null : branch;
  }

  @Override
  final String path(String below) {
    if (name == null) {
      String wanted = staging();
      name = wanted == null ? app() : name(wanted);
    }
    return "apps/" + Platform.encoded(name) + below;
  }

  /** What the API calls the app on that branch. */
  String name(String wanted) {
    return staged(wanted).app();
  }
}
