package dev.parigot.debug;

import java.nio.file.Path;

/**
 * The source files that debugging information names: a relative name is one in the app's folder.
 *
 * @param folder of the app, absolute
 */
public record SourceFiles(Path folder) {
  public SourceFiles {
    folder = folder.toAbsolutePath().normalize();
  }

  /**
   * Where a file is, without {@code .} and {@code ..}: editors name it so, and a breakpoint is set
   * by that name. Throws {@link java.nio.file.InvalidPathException} if this can't be a file's name.
   */
  public Path locate(String name) {
    return folder.resolve(name).normalize();
  }

  /** Where a file is that was compiled in a folder, as {@link #locate(String)} does. */
  Path locate(String compiledIn, String name) {
    return folder.resolve(compiledIn).resolve(name).normalize();
  }

  /** What to call a file: by its place in the app's folder, or in whole if it is elsewhere. */
  public String name(Path file) {
    return file.startsWith(folder) ? folder.relativize(file).toString() : file.toString();
  }
}
