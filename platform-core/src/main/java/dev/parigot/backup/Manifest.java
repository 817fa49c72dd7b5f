package dev.parigot.backup;

import java.time.Instant;
import java.util.Map;

/**
 * What a backup says of itself.
 *
 * @param format of the file
 * @param parigot the version of the build that wrote it
 * @param tables the version of the database's tables
 * @param identities the next number of each table's identity, by the table's name
 * @param entries by name
 */
record Manifest(
    int format,
    String parigot,
    String tables,
    Instant at,
    Map<String, Long> identities,
    Map<String, Entry> entries) {
  static final String NAME = "manifest.json";
  static final int FORMAT = 1;

  /**
   * One entry.
   *
   * @param sha256 in hexadecimal
   */
  record Entry(long bytes, String sha256) {}
}
