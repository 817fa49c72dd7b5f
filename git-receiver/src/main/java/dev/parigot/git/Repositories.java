package dev.parigot.git;

import dev.parigot.app.AppId;
import dev.parigot.app.Branch;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.RepositoryBuilder;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.util.FileUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bare repositories of all apps, one folder each, named by the app's id: a name can be taken
 * again after its app was deleted, an id can't.
 */
public final class Repositories {
  /** The branch that HEAD names, and that is production. */
  static final String MAIN = Constants.R_HEADS + "main";

  /** Production too, for those whose git still begins with it. */
  static final String MASTER = Constants.R_HEADS + "master";

  private static final Logger log = LoggerFactory.getLogger(Repositories.class);

  /** NEW is what JGit says of a branch that was not there. */
  private static final Set<RefUpdate.Result> DELETED =
      Set.of(RefUpdate.Result.FORCED, RefUpdate.Result.NO_CHANGE, RefUpdate.Result.NEW);

  private final Path root;
  private final ConcurrentMap<Place, ReentrantLock> turns = new ConcurrentHashMap<>();

  /** Where deployments come one after the other: an app in one situation. */
  private record Place(AppId app, String situation) {}

  /**
   * @param root the folder of the repositories; made if absent
   */
  public Repositories(Path root) {
    OwnConfigOnly.install();
    this.root = root;
    try {
      Files.createDirectories(root);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Opens the app's repository, and makes it first if this is the first time. */
  Repository open(AppId app) throws IOException {
    Path folder = folder(app);
    if (!Files.isDirectory(folder)) {
      create(app);
    }
    return new RepositoryBuilder().setBare().setGitDir(folder.toFile()).setMustExist(true).build();
  }

  /** The commit at the app's branch {@code refName}, if it has that branch. */
  public Optional<String> head(AppId app, String refName) {
    if (!Files.isDirectory(folder(app))) {
      return Optional.empty();
    }
    try (Repository repository = open(app)) {
      return Optional.ofNullable(repository.resolve(refName)).map(ObjectId::name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The apps that have a repository. */
  List<AppId> all() throws IOException {
    try (Stream<Path> folders = Files.list(root)) {
      return folders
          .map(folder -> folder.getFileName().toString())
          .filter(name -> name.matches("\\d+\\.git"))
          .map(name -> new AppId(Long.parseLong(name.substring(0, name.length() - 4))))
          .sorted(Comparator.comparingLong(AppId::value))
          .toList();
    }
  }

  /** Deletes the app's repository with all that was pushed. */
  public void delete(AppId app) {
    deleteFolder(folder(app));
    turns.keySet().removeIf(place -> place.app().equals(app));
  }

  /**
   * Deletes the app's branch, if it has it, after a push to it that goes on; what was pushed to it
   * may still be in others.
   */
  public void deleteBranch(AppId app, Branch branch) {
    if (!Files.isDirectory(folder(app))) {
      return;
    }
    ReentrantLock turn = turn(app, branch);
    turn.lock();
    try (Repository repository = open(app)) {
      RefUpdate update = repository.updateRef(Constants.R_HEADS + branch.name());
      update.setForceUpdate(true);
      update.disableRefLog();
      RefUpdate.Result result = update.delete();
      if (!DELETED.contains(result)) {
        throw new IOException("the branch " + branch + " could not be deleted: " + result);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      turn.unlock();
    }
  }

  /**
   * Removes what an earlier run left behind: half-received pushes, half-made repositories, and
   * repositories of apps that no longer exist. Call it before pushes are served.
   */
  public void sweep(Predicate<AppId> exists) {
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(root)) {
      for (Path folder : folders) {
        String name = folder.getFileName().toString();
        if (!name.matches("\\d+\\.git")) {
          deleteFolder(folder);
        } else if (!exists.test(new AppId(Long.parseLong(name.substring(0, name.length() - 4))))) {
          deleteFolder(folder);
        } else {
          Quarantine.sweep(folder.resolve(Constants.OBJECTS));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The place in the queue of those who change what runs of a branch. */
  ReentrantLock turn(AppId app, Branch branch) {
    String situation = branch.isProduction() ? MAIN : branch.name();
    return turns.computeIfAbsent(new Place(app, situation), _ -> new ReentrantLock(true));
  }

  /**
   * Packs the app's objects together if pushes have left many packs. Git's own thresholds decide.
   */
  void tidy(AppId app) {
    try (Repository repository = open(app)) {
      repository.autoGC(NullProgressMonitor.INSTANCE);
    } catch (IOException | RuntimeException e) {
      log.warn("The repository of app {} could not be packed; it works on", app.value(), e);
    }
  }

  /** Lets HEAD name a branch that exists, so that a clone checks something out. */
  static void pointHead(Repository repository) throws IOException {
    boolean main = repository.exactRef(MAIN) != null;
    String target = main || repository.exactRef(MASTER) == null ? MAIN : MASTER;
    RefUpdate update = repository.updateRef(Constants.HEAD);
    update.disableRefLog();
    RefUpdate.Result result = update.link(target);
    if (!Set.of(RefUpdate.Result.NEW, RefUpdate.Result.FORCED, RefUpdate.Result.NO_CHANGE)
        .contains(result)) {
      throw new IOException("HEAD could not be set to " + target + ": " + result);
    }
  }

  /** Made beside its place and moved there whole, so that a kill leaves no half of one. */
  private synchronized void create(AppId app) throws IOException {
    Path folder = folder(app);
    if (Files.isDirectory(folder)) {
      return;
    }
    Path unfinished = Files.createTempDirectory(root, "new-");
    File gitDir = unfinished.toFile();
    try (Repository repository = new RepositoryBuilder().setBare().setGitDir(gitDir).build()) {
      repository.create(true);
      configure(repository.getConfig());
      pointHead(repository);
    }
    Files.move(unfinished, folder);
    Quarantine.syncFolder(root);
  }

  private static void configure(StoredConfig config) throws IOException {
    config.setBoolean("core", null, "fsyncObjectFiles", true);
    config.setBoolean("core", null, "fsyncRefFiles", true);
    // A collection inside a push would see the quarantine; tidy() runs one afterwards instead.
    config.setBoolean("receive", null, "autogc", false);
    config.setBoolean("gc", null, "autoDetach", false);
    // Packs that were packed together go at once; what in them is unreachable stays two weeks.
    config.setString("gc", null, "prunePackExpire", "now");
    config.save();
  }

  private Path folder(AppId app) {
    return root.resolve(app.value() + ".git");
  }

  private static void deleteFolder(Path folder) {
    try {
      FileUtils.delete(
          folder.toFile(), FileUtils.RECURSIVE | FileUtils.SKIP_MISSING | FileUtils.RETRY);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
