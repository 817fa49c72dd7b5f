package dev.parigot.source;

import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** Leads from places in a module's file to the lines that they were compiled from. */
public final class SourceLines {
  public static final SourceLines NONE = new SourceLines(new TreeMap<>());

  /** By the offset from which on they hold; empty where the compiler says nothing. */
  private final NavigableMap<Long, Optional<SourceLine>> lines;

  SourceLines(NavigableMap<Long, Optional<SourceLine>> lines) {
    this.lines = lines;
  }

  /**
   * Of a module with DWARF line tables, version 4 or 5; without any, or where they are broken,
   * there are no lines.
   */
  public static SourceLines of(byte[] file) {
    return of(file, _ -> Optional.empty());
  }

  /**
   * Of a module with DWARF line tables or, without any, with a source map.
   *
   * @param beside reads a file by its path, relative to the module's; empty if it is not there
   */
  public static SourceLines of(byte[] file, Function<String, Optional<byte[]>> beside) {
    return DwarfLines.read(file)
        .or(() -> SourceMap.read(file, beside))
        .map(SourceLines::new)
        .orElse(NONE);
  }

  public boolean isEmpty() {
    return lines.isEmpty();
  }

  /** The line of what stands so many bytes from the start of the file. */
  public Optional<SourceLine> at(long offset) {
    Map.Entry<Long, Optional<SourceLine>> entry = lines.floorEntry(offset);
    return entry == null ? Optional.empty() : entry.getValue();
  }
}
