package dev.parigot.workbench;

import dev.parigot.gateway.SiteFile;
import dev.parigot.manifest.Manifest;
import dev.parigot.wasm.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The files of a site as they are now: each request reads them anew. */
final class SiteFolder {
  private final @Nullable Path folder;

  private SiteFolder(@Nullable Path folder) {
    this.folder = folder;
  }

  static SiteFolder of(Path app, Manifest.@Nullable Site site) {
    return new SiteFolder(site == null ? null : app.resolve(site.dir()));
  }

  boolean has(String path) {
    return find(path).isPresent();
  }

  Optional<SiteFile> file(String path) {
    return find(path).map(SiteFolder::read);
  }

  /** Symbolic links are not followed: a push refuses them. */
  private Optional<Path> find(String path) {
    if (folder == null || path.isEmpty()) {
      return Optional.empty();
    }
    Path file = folder.resolve(path).normalize();
    return file.startsWith(folder.normalize())
            && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
        ? Optional.of(file)
        : Optional.empty();
  }

  private static SiteFile read(Path file) {
    try {
      byte[] content = Files.readAllBytes(file);
      return new Content(Bytes.of(content).digest().substring("sha256:".length()), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private record Content(String tag, byte[] content) implements SiteFile {
    @Override
    public long size() {
      return content.length;
    }
  }
}
