package dev.parigot.cli;

import dev.parigot.cli.platform.Platform;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code parigot staging}: the branches of an app that run beside production. */
@Command(
    name = "staging",
    description = "Lists the app's branches in staging, and what differs from production.",
    subcommands = {
      StagingCommand.ListThem.class,
      StagingCommand.Create.class,
      StagingCommand.Delete.class
    })
final class StagingCommand extends StagingListing {
  /** {@code parigot staging list}. */
  @Command(name = "list", description = "Lists the app's branches in staging.")
  static final class ListThem extends StagingListing {}

  /** {@code parigot staging create}. */
  @Command(
      name = "create",
      description = {
        "Puts a branch in staging, empty, and prints its address; a push of the branch or parigot"
            + " deploy --branch does so by itself."
      })
  static final class Create extends AppVerb {
    @Parameters(paramLabel = "BRANCH", description = "the branch")
    private String branch = "";

    @Override
    int run() {
      out()
          .println(
              platform().post(path("/staging"), Map.of("branch", branch)).path("url").asString(""));
      return 0;
    }
  }

  /** {@code parigot staging delete}. */
  @Command(
      name = "delete",
      description = {
        "Takes a branch out of staging, with its data; the branch is deleted in the platform's"
            + " repository, not in yours."
      })
  static final class Delete extends AppVerb {
    @Parameters(paramLabel = "BRANCH", description = "the branch")
    private String branch = "";

    @Override
    int run() {
      StagedBranch staged = staged(branch);
      platform().delete(path("/staging/" + Platform.encoded(staged.id())));
      out().println("Deleted the staging of " + Printable.of(staged.branch()) + ".");
      return 0;
    }
  }
}
