package dev.parigot.workbench;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The files of an app's folder at one moment, as far as a change of them could matter. It is looked
 * at again and again instead of being notified: the JDK's notifications are slow on macOS, and miss
 * what some editors do.
 *
 * @param files when each was last written and how long it is, by its path with {@code /}
 */
record Tree(Map<String, Stamp> files) {
  /** Folders of tools, in which much changes that no build of the app begins with. */
  private static final Set<String> TOOLS = Set.of("node_modules", "target", "__pycache__");

  private static final int MOST_DEPTH = 32;

  /** What tells a file from another one in its place. */
  record Stamp(FileTime written, long size, Object key) {}

  static Tree of(Path folder) {
    Map<String, Stamp> files = new HashMap<>();
    try {
      Files.walkFileTree(
          folder,
          Set.of(),
          MOST_DEPTH,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
              String name = String.valueOf(dir.getFileName());
              return !dir.equals(folder) && (name.startsWith(".") || TOOLS.contains(name))
                  ? FileVisitResult.SKIP_SUBTREE
                  : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              if (!isPassing(String.valueOf(file.getFileName()))) {
                files.put(
                    folder.relativize(file).toString().replace('\\', '/'),
                    new Stamp(
                        attributes.lastModifiedTime(),
                        attributes.size(),
                        Objects.requireNonNullElse(attributes.fileKey(), "")));
              }
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
              // It went away meanwhile.
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path dir, IOException e) {
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      // The folder itself went away: all of it is gone, until it is back.
      return new Tree(Map.of());
    }
    return new Tree(files);
  }

  /** What editors leave beside a file while it is open. */
  private static boolean isPassing(String name) {
    return name.startsWith(".") || name.endsWith("~") || name.startsWith("#");
  }

  /** The files that are new, changed or gone since an earlier moment. */
  Set<String> changesSince(Tree before) {
    Set<String> changed = new HashSet<>();
    files.forEach((path, stamp) -> {
      if (!stamp.equals(before.files.get(path))) {
        changed.add(path);
      }
    });
    before.files.keySet().stream().filter(path -> !files.containsKey(path)).forEach(changed::add);
    return changed;
  }
}
