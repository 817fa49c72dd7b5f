package dev.parigot.pipeline;

import dev.parigot.fleet.TestPlatform;
import dev.parigot.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A source tree in memory. */
final class FilesTree implements SourceTree {
  private final Map<String, byte[]> files = new LinkedHashMap<>();
  private final List<Entry> entries = new ArrayList<>();
  private @Nullable String commit;

  static FilesTree with(String manifest) {
    return new FilesTree().text("parigot.toml", manifest);
  }

  FilesTree text(String path, String text) {
    return file(path, text.getBytes(StandardCharsets.UTF_8));
  }

  FilesTree module(String path, String module) {
    return file(path, TestPlatform.module(module));
  }

  FilesTree file(String path, byte[] bytes) {
    files.put(path, bytes);
    return entry(path, Kind.FILE, bytes.length);
  }

  FilesTree entry(String path, Kind kind, long size) {
    entries.add(new Entry(path, kind, size));
    return this;
  }

  FilesTree commit(String id) {
    commit = id;
    return this;
  }

  @Override
  public List<Entry> entries(int limit) {
    if (entries.size() > limit) {
      throw Problem.user(413, "tree-too-large", "More than " + limit + " files.", "");
    }
    return entries;
  }

  @Override
  public byte[] read(Entry entry) {
    return Objects.requireNonNull(files.get(entry.path()), entry.path()).clone();
  }

  @Override
  public @Nullable String commit() {
    return commit;
  }
}
