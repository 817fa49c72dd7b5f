package dev.parigot.cli;

import dev.parigot.cli.platform.Platform;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code parigot promote}: what was tried on a branch, in production. */
@Command(
    name = "promote",
    description = {
      "Makes what is live in a branch's staging live in production: the very same files, with the"
          + " configuration of production, as a new release."
    })
final class PromoteCommand extends AppVerb {
  @Parameters(paramLabel = "BRANCH", description = "the branch; parigot staging lists them")
  private String branch = "";

  @Override
  int run() {
    StagedBranch staged = staged(branch);
    new Deployment(out())
        .run(platform(), path("/staging/" + Platform.encoded(staged.id()) + "/promote"), Map.of());
    return 0;
  }
}
