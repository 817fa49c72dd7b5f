package dev.parigot.cli;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The files of {@code sdk/} that this program carries: in its archive, or beside its classes. */
final class SdkFiles implements AutoCloseable {
  private final Path root;
  private final @Nullable FileSystem archive;

  private SdkFiles(Path program, @Nullable FileSystem archive) {
    this.root = program.resolve("dev/parigot/cli/sdk");
    this.archive = archive;
  }

  static SdkFiles open() throws IOException {
    Path program;
    try {
      var source = SdkFiles.class.getProtectionDomain().getCodeSource();
      program = Path.of(Objects.requireNonNull(source).getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IOException("this program lies at no path", e);
    }
    if (Files.isDirectory(program)) {
      return new SdkFiles(program, null);
    }
    FileSystem archive = FileSystems.newFileSystem(program);
    return new SdkFiles(archive.getPath("/"), archive);
  }

  Path folder(String name) {
    return root.resolve(name);
  }

  /** All files in a folder of it and below, in the order of their names. */
  static List<Path> in(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  @Override
  public void close() throws IOException {
    if (archive != null) {
      archive.close();
    }
  }
}
