package dev.parigot.workbench;

import dev.parigot.source.SourceLine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the lines around a place in the source of an app. Compilers name a file as they were told
 * to, most often from the folder that they ran in, which a module doesn't tell: it is looked for
 * from the module's folder upwards. No file outside of the app's folder is read.
 *
 * @param folder of the app
 * @param modules the path of each service's module in it
 */
record Excerpts(Path folder, Map<String, String> modules) {
  private static final int LINES_AROUND = 3;
  private static final long MOST_BYTES = 4 << 20;

  Excerpts {
    modules = Map.copyOf(modules);
  }

  /**
   * Some lines of a file.
   *
   * @param first the number of the first of them
   * @param here the number of the one that they are around
   */
  record Excerpt(int first, int here, List<String> lines) {
    Excerpt {
      lines = List.copyOf(lines);
    }
  }

  /**
   * The lines around the place of a frame; empty if it has none, or the source is not at hand.
   *
   * @param service whose call it was, which is the frame's if that names none
   */
  Optional<Excerpt> around(Frame frame, String service) {
    SourceLine place = frame.place();
    String named = modules.get(frame.service());
    String module = named == null ? modules.get(service) : named;
    return place == null || module == null
        ? Optional.empty()
        : find(module, place.file()).flatMap(file -> read(file, place.line()));
  }

  private Optional<Path> find(String module, String name) {
    try {
      Path top = folder.toRealPath();
      Path from = top.resolve(module).normalize().getParent();
      while (from != null && from.startsWith(top)) {
        Path file = from.resolve(name);
        if (Files.isRegularFile(file) && file.toRealPath().startsWith(top)) {
          return Optional.of(file);
        }
        from = from.getParent();
      }
    } catch (IOException | InvalidPathException e) {
      // There is no such file.
    }
    return Optional.empty();
  }

  private static Optional<Excerpt> read(Path file, int line) {
    try {
      if (Files.size(file) > MOST_BYTES) {
        return Optional.empty();
      }
      // Whatever its encoding is: it is for people to look at.
      List<String> lines =
          new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList();
      int first = Math.max(1, line - LINES_AROUND);
      int last = Math.min(lines.size(), line + LINES_AROUND);
      return line <= lines.size()
          ? Optional.of(new Excerpt(first, line, lines.subList(first - 1, last)))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
