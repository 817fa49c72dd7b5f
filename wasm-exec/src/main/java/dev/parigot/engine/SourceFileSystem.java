package dev.parigot.engine;

import dev.parigot.debug.SourceFiles;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AccessMode;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.util.Map;
import java.util.Set;
import org.graalvm.polyglot.io.FileSystem;

/**
 * What the debugger reads source files from. Nothing can be written, and guests don't get here:
 * their WASI has no files.
 */
final class SourceFileSystem implements FileSystem {
  private final SourceFiles sources;

  SourceFileSystem(SourceFiles sources) {
    this.sources = sources;
  }

  @Override
  public Path parsePath(URI uri) {
    return Path.of(uri);
  }

  @Override
  public Path parsePath(String path) {
    return sources.locate(path);
  }

  @Override
  public void checkAccess(Path path, Set<? extends AccessMode> modes, LinkOption... options)
      throws IOException {
    if (!Set.of(AccessMode.READ).containsAll(modes)) {
      throw new AccessDeniedException(path.toString());
    }
    path.getFileSystem().provider().checkAccess(path, modes.toArray(new AccessMode[0]));
  }

  @Override
  public SeekableByteChannel newByteChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    if (!Set.of(StandardOpenOption.READ).containsAll(options)) {
      throw new AccessDeniedException(path.toString());
    }
    return Files.newByteChannel(path);
  }

  @Override
  public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options)
      throws IOException {
    return Files.readAttributes(path, attributes, options);
  }

  @Override
  public Path toAbsolutePath(Path path) {
    return sources.folder().resolve(path);
  }

  @Override
  public Path toRealPath(Path path, LinkOption... options) throws IOException {
    return path.toRealPath(options);
  }

  @Override
  public void createDirectory(Path folder, FileAttribute<?>... attributes) throws IOException {
    throw new AccessDeniedException(folder.toString());
  }

  @Override
  public void delete(Path path) throws IOException {
    throw new AccessDeniedException(path.toString());
  }

  @Override
  public DirectoryStream<Path> newDirectoryStream(
      Path folder, DirectoryStream.Filter<? super Path> filter) throws IOException {
    throw new AccessDeniedException(folder.toString());
  }
}
