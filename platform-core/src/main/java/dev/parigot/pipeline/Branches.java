package dev.parigot.pipeline;

import dev.parigot.app.App;
import dev.parigot.app.Branch;
import dev.parigot.app.Stagings;
import dev.parigot.release.Release;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Deploys each branch of an app to the situation that is its own: {@code main} to production, any
 * other to its staging, which begins with the first push and ends with the branch.
 */
public final class Branches {
  private final Stagings stagings;
  private final Pipeline pipeline;
  private final Consumer<App> removal;

  /**
   * @param removal ends a staging situation with all that it has; its branch is git's to delete
   */
  public Branches(Stagings stagings, Pipeline pipeline, Consumer<App> removal) {
    this.stagings = stagings;
    this.pipeline = pipeline;
    this.removal = removal;
  }

  /**
   * {@link Pipeline#prepare} for the situation of the branch. One that is made for this is removed
   * again if the push is refused or given up.
   */
  public Pipeline.Prepared prepare(
      App app,
      Branch branch,
      String by,
      SourceTree source,
      DeployOptions options,
      Progress progress) {
    if (branch.isProduction()) {
      return pipeline.prepare(app, by, source, options, progress);
    }
    Optional<App> known = stagings.find(app, branch);
    if (known.isPresent()) {
      return pipeline.prepare(known.get(), by, source, options, progress);
    }
    App made = stagings.create(app, branch);
    try {
      return new First(made, pipeline.prepare(made, by, source, options, progress));
    } catch (RuntimeException e) {
      removal.accept(made);
      throw e;
    }
  }

  /** Ends the staging of the branch; answers whether there was one. */
  public boolean remove(App app, Branch branch) {
    Optional<App> staged = stagings.find(app, branch);
    staged.ifPresent(removal);
    return staged.isPresent();
  }

  /** What is to be the first release of a situation that was made for it. */
  private final class First implements Pipeline.Prepared {
    private final App made;
    private final Pipeline.Prepared prepared;

    First(App made, Pipeline.Prepared prepared) {
      this.made = made;
      this.prepared = prepared;
    }

    @Override
    public Release release() {
      return prepared.release();
    }

    @Override
    public Release commit() {
      try {
        return prepared.commit();
      } catch (RuntimeException e) {
        removal.accept(made);
        throw e;
      }
    }

    @Override
    public void abandon(String why) {
      try {
        prepared.abandon(why);
      } finally {
        removal.accept(made);
      }
    }
  }
}
