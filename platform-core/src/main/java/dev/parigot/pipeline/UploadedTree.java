package dev.parigot.pipeline;

import dev.parigot.problem.Problem;
import dev.parigot.release.Uploads;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Files named by path and digest, whose bytes the platform has. */
public final class UploadedTree implements SourceTree {
  private final Uploads.Holdings held;
  private final @Nullable String commit;
  private final Map<String, String> digests;

  private UploadedTree(
      Uploads.Holdings held, @Nullable String commit, Map<String, String> digests) {
    this.held = held;
    this.commit = commit;
    this.digests = digests;
  }

  /**
   * Of files by path. A 409 {@code Problem} that names each file whose bytes the app was not sent.
   */
  public static UploadedTree of(
      Uploads.Holdings held, @Nullable String commit, Map<String, String> files) {
    List<String> missing = new ArrayList<>();
    files.forEach((path, digest) -> {
      if (!held.has(digest)) {
        missing.add(path + ": " + digest);
      }
    });
    if (!missing.isEmpty()) {
      throw new Problem(
          Problem.Kind.USER,
          409,
          "uploads-missing",
          "The bytes of " + Source.counted(missing.size(), "file") + " were not sent:",
          "Ask by POST uploads what is missing, and send it by PUT blobs/{digest}.",
          missing);
    }
    return new UploadedTree(held, commit, files);
  }

  @Override
  public List<Entry> entries(int limit) {
    if (digests.size() > limit) {
      throw Problem.user(
          413,
          "tree-too-large",
          "There are more than " + limit + " files.",
          "Leave out what is not deployed, such as dependencies and build folders.");
    }
    return digests.entrySet().stream()
        .map(file -> new Entry(file.getKey(), Kind.FILE, held.size(file.getValue())))
        .toList();
  }

  @Override
  public byte[] read(Entry entry) {
    return held.read(Objects.requireNonNull(digests.get(entry.path()), entry.path()));
  }

  @Override
  public @Nullable String commit() {
    return commit;
  }
}
