package dev.parigot.git;

import dev.parigot.app.App;
import dev.parigot.fleet.Replacement;
import dev.parigot.pipeline.Pipeline;
import dev.parigot.pipeline.Progress;
import dev.parigot.pipeline.SourceTree;

/** What a push of the deploying branch is handed to: {@link Pipeline#prepare}. */
@FunctionalInterface
public interface Deployer {
  /** See {@link Pipeline#prepare}. */
  Pipeline.Prepared prepare(
      App app, String by, SourceTree source, Replacement replacement, Progress progress);
}
