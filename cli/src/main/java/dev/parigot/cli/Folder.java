package dev.parigot.cli;

import dev.parigot.manifest.Blueprint;
import dev.parigot.manifest.MalformedManifest;
import dev.parigot.manifest.Manifest;
import dev.parigot.manifest.ManifestReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** The folder of an app on this machine. */
record Folder(Path path) implements Blueprint.Files {
  /** The most that a module may have, as on the platform. */
  private static final long MOST_BYTES = 64L << 20;

  /** Throws {@link UserMistake} unless it is a folder. */
  Folder {
    if (!Files.isDirectory(path)) {
      throw new UserMistake("there is no folder " + path);
    }
  }

  @Override
  public byte[] read(String name) throws Blueprint.Unreadable {
    Path file = path.resolve(name);
    if (!Files.isRegularFile(file)) {
      throw new Blueprint.Unreadable(
          name.equals(Blueprint.MANIFEST)
              ? "there is no parigot.toml in " + path
              : "there is no file " + name + "; is it built?");
    }
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw new Blueprint.Unreadable(name + " has over 64 MiB, which the platform doesn't take");
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new Blueprint.Unreadable(name + " can't be read: " + e);
    }
  }

  @Override
  public boolean anyIn(String folder) {
    Path inside = path.resolve(folder);
    if (!Files.isDirectory(inside)) {
      return false;
    }
    try (Stream<Path> files = Files.walk(inside)) {
      return files.anyMatch(Files::isRegularFile);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Empty where it can't be read, which whoever reads the app tells. */
  Optional<Manifest> manifest() {
    try {
      return Optional.of(
          ManifestReader.read(new String(read(Blueprint.MANIFEST), StandardCharsets.UTF_8)));
    } catch (Blueprint.Unreadable | MalformedManifest e) {
      return Optional.empty();
    }
  }

  /** The app's name: the manifest's, or that of the folder. */
  String nameOf(Blueprint blueprint) {
    String name = blueprint.manifest().name();
    return name == null ? String.valueOf(path.toAbsolutePath().normalize().getFileName()) : name;
  }
}
