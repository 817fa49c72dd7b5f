package dev.parigot.demo;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a visitor's browser loads: the files of a release, wound, and where they are among the
 * artifacts.
 *
 * @param files by their paths, without a leading slash
 * @param outbound the hosts that its services may send HTTP requests to
 */
record Content(Map<String, StoredFile> files, List<String> outbound) {
  /**
   * A file.
   *
   * @param gzip the same compressed, or null if that is no smaller
   */
  record StoredFile(Stored plain, @Nullable Stored gzip) {}

  /** An artifact: its digest, and its size in bytes. */
  record Stored(String digest, int size) {}
}
