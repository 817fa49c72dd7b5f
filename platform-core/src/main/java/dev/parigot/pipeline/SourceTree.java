package dev.parigot.pipeline;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was pushed: the files of one commit, or of an archive. */
public interface SourceTree {
  /** What an entry is; only files can be modules, manifest or site files. */
  enum Kind {
    FILE,
    SYMLINK,
    SUBMODULE
  }

  /**
   * One entry: its path as the tree has it (unchecked, with slashes), what it is, and its size in
   * bytes (0 unless a file).
   */
  record Entry(String path, Kind kind, long size) {}

  /** Every entry that is no folder; stops with a {@code Problem} beyond {@code limit} entries. */
  List<Entry> entries(int limit) throws IOException;

  /** The bytes of a file. */
  byte[] read(Entry entry) throws IOException;

  /** The full id of the commit, or null. */
  @Nullable String commit();
}
