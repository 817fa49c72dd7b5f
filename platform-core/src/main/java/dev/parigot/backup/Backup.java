package dev.parigot.backup;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;

/** Saves and restores all that lasts, one holding after the other. */
public final class Backup {
  private final List<Holding> holdings;
  private final Supplier<String> tables;
  private final String version;
  private final Clock clock;

  /**
   * @param holdings in the order in which they are saved: the database first
   * @param tables the version of the database's tables
   * @param version of this build
   */
  public Backup(List<Holding> holdings, Supplier<String> tables, String version, Clock clock) {
    this.holdings = List.copyOf(holdings);
    this.tables = tables;
    this.version = version;
    this.clock = clock;
  }

  /** Writes a backup, one at a time; if this throws, what was written is none. */
  public synchronized void save(OutputStream out) throws IOException {
    BackupWriter writer = new BackupWriter(out);
    for (Holding holding : holdings) {
      holding.save(writer);
    }
    writer.finish(version, tables.get(), clock.instant());
  }

  /** Restores a backup to where there is nothing yet. */
  public void restore(BackupFile file) throws IOException {
    for (Holding holding : holdings) {
      holding.restore(file);
    }
  }
}
