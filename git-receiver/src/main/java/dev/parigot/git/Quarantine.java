package dev.parigot.git;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.RepositoryBuilder;
import org.eclipse.jgit.util.FileUtils;

/**
 * Where the objects of one push stay until it is accepted: a folder of its own inside the
 * repository's object folder, which borrows from the repository's objects.
 */
final class Quarantine implements AutoCloseable {
  private static final String PREFIX = "incoming-";

  private final Path objects;
  private final Path folder;
  private final Repository repository;

  private Quarantine(Path objects, Path folder, Repository repository) {
    this.objects = objects;
    this.folder = folder;
    this.repository = repository;
  }

  static Quarantine in(Repository target) throws IOException {
    Path objects = target.getDirectory().toPath().resolve(Constants.OBJECTS);
    Path folder = Files.createTempDirectory(objects, PREFIX);
    Files.createDirectory(folder.resolve("pack"));
    Repository repository =
        new RepositoryBuilder()
            .setBare()
            .setGitDir(target.getDirectory())
            .setObjectDirectory(folder.toFile())
            .addAlternateObjectDirectory(objects.toFile())
            .build();
    return new Quarantine(objects, folder, repository);
  }

  /** The repository as it would be after the push: its refs, its objects, and what came in. */
  Repository repository() {
    return repository;
  }

  /**
   * Lets what came in become the repository's, durably. JGit keeps what it receives as packs;
   * readers find a pack by its index, so that the index comes last.
   */
  void accept() throws IOException {
    Path packs = objects.resolve("pack");
    Files.createDirectories(packs);
    for (Path file : received()) {
      Path place = packs.resolve(file.getFileName());
      if (!Files.exists(place)) { // packs are named by what is in them
        Files.createLink(place, file);
      }
    }
    syncFolder(packs);
  }

  /** Removes the folder; what was not accepted is gone. */
  @Override
  public void close() {
    repository.close();
    delete(folder);
  }

  /** Removes the quarantines that an earlier run left in this object folder. */
  static void sweep(Path objects) throws IOException {
    if (!Files.isDirectory(objects)) {
      return;
    }
    try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(objects, PREFIX + "*")) {
      leftovers.forEach(Quarantine::delete);
    }
  }

  /** Makes the names in a folder durable. */
  static void syncFolder(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private List<Path> received() throws IOException {
    try (var files = Files.list(folder.resolve("pack"))) {
      return files
          .filter(file -> !file.toString().endsWith(".keep"))
          .sorted(Comparator.comparing(file -> file.toString().endsWith(".idx")))
          .toList();
    }
  }

  private static void delete(Path folder) {
    try {
      FileUtils.delete(
          folder.toFile(),
          FileUtils.RECURSIVE | FileUtils.SKIP_MISSING | FileUtils.RETRY | FileUtils.IGNORE_ERRORS);
    } catch (IOException e) {
      // Left for the sweep at the next start.
    }
  }
}
