package dev.parigot.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * A new app: the template that all languages share, that of its language, and the language's
 * library in the folder {@code parigot}.
 */
record Project(String name, Language language) {
  /** Stands for the app's name in a template. */
  private static final String PLACEHOLDER = "NAME";

  private static final String COMPILED = "build";

  void write(Path folder) throws IOException {
    try (SdkFiles sdk = SdkFiles.open()) {
      Path library = sdk.folder(language.word());
      Path template = library.resolve("template");
      for (Path source : List.of(sdk.folder("template"), template)) {
        for (Path file : SdkFiles.in(source)) {
          if (!file.startsWith(template.resolve(COMPILED))) {
            write(folder, source.relativize(file), named(file));
          }
        }
      }
      for (Path file : SdkFiles.in(library)) {
        if (!file.startsWith(template)) {
          write(folder.resolve("parigot"), library.relativize(file), Files.readAllBytes(file));
        }
      }
      // Last, so that no source is newer than what it was compiled to.
      for (Path file : SdkFiles.in(template.resolve(COMPILED))) {
        write(folder, template.relativize(file), Files.readAllBytes(file));
      }
    }
  }

  private byte[] named(Path file) throws IOException {
    return Files.readString(file).replace(PLACEHOLDER, name).getBytes(UTF_8);
  }

  private static void write(Path folder, Path relative, byte[] content) throws IOException {
    // It has no dot in sdk/, where it is not to hold.
    String path = relative.toString().replaceFirst("^gitignore$", ".gitignore");
    Path file = folder.resolve(path);
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
    Files.write(file, content);
  }
}
