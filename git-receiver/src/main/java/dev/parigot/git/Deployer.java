package dev.parigot.git;

import dev.parigot.app.App;
import dev.parigot.app.Branch;
import dev.parigot.pipeline.Branches;
import dev.parigot.pipeline.DeployOptions;
import dev.parigot.pipeline.Pipeline;
import dev.parigot.pipeline.Progress;
import dev.parigot.pipeline.SourceTree;

/** What becomes of the branches of an app that are pushed: {@link Branches}. */
public interface Deployer {
  /** See {@link Branches#prepare}. */
  Pipeline.Prepared prepare(
      App app,
      Branch branch,
      String by,
      SourceTree source,
      DeployOptions options,
      Progress progress);

  /** See {@link Branches#remove}. */
  boolean remove(App app, Branch branch);
}
