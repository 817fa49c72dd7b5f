package dev.parigot.backup;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/** The files of a folder, which nobody else may read. */
public final class FolderHolding implements Holding {
  private final String name;
  private final Path folder;

  public FolderHolding(String name, Path folder) {
    this.name = name;
    this.folder = folder;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void save(BackupWriter into) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    List<Path> files;
    try (Stream<Path> found = Files.list(folder)) {
      files = found.filter(Files::isRegularFile).sorted().toList();
    }
    for (Path file : files) {
      byte[] content = Files.readAllBytes(file);
      into.entry(name + "/" + file.getFileName(), out -> out.write(content));
    }
  }

  @Override
  public void restore(BackupFile from) throws IOException {
    Files.createDirectories(folder);
    for (String entry : from.entries(name)) {
      if (entry.contains("/") || entry.contains("\\") || entry.startsWith(".")) {
        throw new IOException(name + "/" + entry + " is no file of a folder");
      }
      Path file = folder.resolve(entry);
      create(file);
      try (InputStream in = from.read(name, entry)) {
        Files.write(file, in.readAllBytes());
      }
    }
  }

  private static void create(Path file) throws IOException {
    try {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } catch (UnsupportedOperationException e) {
      Files.createFile(file); // A file system without such permissions.
    }
  }
}
