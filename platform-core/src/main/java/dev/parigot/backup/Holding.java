package dev.parigot.backup;

import java.io.IOException;

/** Something that lasts, which a backup has in a folder of its own. */
public interface Holding {
  /** The name of that folder. */
  String name();

  /** Writes all of it. */
  void save(BackupWriter into) throws IOException;

  /** Makes it anew of what was saved; there is nothing yet where it is made. */
  void restore(BackupFile from) throws IOException;
}
