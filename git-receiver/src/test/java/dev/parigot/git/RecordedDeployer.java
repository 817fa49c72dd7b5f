package dev.parigot.git;

import dev.parigot.app.App;
import dev.parigot.app.Branch;
import dev.parigot.pipeline.DeployOptions;
import dev.parigot.pipeline.Pipeline;
import dev.parigot.pipeline.Progress;
import dev.parigot.pipeline.SourceTree;
import dev.parigot.problem.Problem;
import dev.parigot.release.Release;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** Deploys nothing, but reads what was pushed, and refuses or waits when told to. */
final class RecordedDeployer implements Deployer {
  final List<String> happened = Collections.synchronizedList(new ArrayList<>());
  final List<List<SourceTree.Entry>> trees = Collections.synchronizedList(new ArrayList<>());
  final List<DeployOptions> options = Collections.synchronizedList(new ArrayList<>());
  final Set<String> staged = ConcurrentHashMap.newKeySet();

  /** The only branch that is refused or can't be made live; null for all of them. */
  volatile @Nullable String refused;

  volatile @Nullable Problem refusal;
  volatile @Nullable RuntimeException prepareFailure;
  volatile @Nullable RuntimeException commitFailure;
  volatile CountDownLatch reached = new CountDownLatch(1);
  volatile CountDownLatch proceed = new CountDownLatch(0);
  private int number;

  @Override
  public Pipeline.Prepared prepare(
      App app,
      Branch branch,
      String by,
      SourceTree source,
      DeployOptions options,
      Progress progress) {
    progress.step("Parigot app detected: 1 service");
    read(source);
    String where = branch.isProduction() ? app.name().value() : branch + " of " + app.name();
    happened.add("prepare " + where + " by " + by);
    this.options.add(options);
    RuntimeException broken = prepareFailure;
    if (broken != null) {
      throw broken;
    }
    Problem problem = refusal;
    if (problem != null && (refused == null || branch.name().equals(refused))) {
      throw problem;
    }
    progress.step("Launching v" + (number + 1));
    reached.countDown();
    try {
      proceed.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    Release release = release(app, ++number, source.commit());
    return new Pipeline.Prepared() {
      @Override
      public Release release() {
        return release;
      }

      @Override
      public Release commit() {
        RuntimeException failure = commitFailure;
        if (failure != null && (refused == null || branch.name().equals(refused))) {
          throw failure;
        }
        if (!branch.isProduction()) {
          staged.add(branch.name());
        }
        happened.add("commit v" + release.number());
        String host = branch.isProduction() ? "" : branch + "--";
        progress.detail("http://" + host + app.name() + ".localhost:8080/  live in 0.1 s");
        return release;
      }

      @Override
      public void abandon(String why) {
        happened.add("abandon v" + release.number());
      }
    };
  }

  @Override
  public boolean remove(App app, Branch branch) {
    happened.add("remove " + branch + " of " + app.name());
    return staged.remove(branch.name());
  }

  private void read(SourceTree source) {
    try {
      List<SourceTree.Entry> entries = source.entries(20_000);
      for (SourceTree.Entry entry : entries) {
        if (entry.kind() == SourceTree.Kind.FILE) {
          long size = source.read(entry).length;
          if (size != entry.size()) {
            throw new AssertionError(entry + " has " + size + " bytes");
          }
        }
      }
      trees.add(entries);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Release release(App app, int number, @Nullable String commit) {
    return new Release(
        number,
        app.id(),
        number,
        Release.State.STARTING,
        new Release.Origin.Push(),
        commit,
        "ada@example.org",
        Instant.EPOCH,
        null,
        Release.Contents.of(List.of()),
        new Release.Changes(List.of(), List.of(), List.of(), List.of()));
  }
}
