package dev.parigot.git;

import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;

/**
 * Keeps JGit from reading, and writing, the git configuration of the machine and of the user who
 * runs the platform: a repository here behaves the same everywhere.
 */
final class OwnConfigOnly extends SystemReader.Delegate {
  private OwnConfigOnly(SystemReader machine) {
    super(machine);
  }

  static synchronized void install() {
    SystemReader present = SystemReader.getInstance();
    if (!(present instanceof OwnConfigOnly)) {
      SystemReader.setInstance(new OwnConfigOnly(present));
    }
  }

  @Override
  public FileBasedConfig openUserConfig(Config parent, FS fs) {
    return new Empty(parent, fs);
  }

  @Override
  public FileBasedConfig openSystemConfig(Config parent, FS fs) {
    return new Empty(parent, fs);
  }

  @Override
  public FileBasedConfig openJGitConfig(Config parent, FS fs) {
    return new Empty(parent, fs);
  }

  /** A configuration without a file. */
  private static final class Empty extends FileBasedConfig {
    Empty(Config parent, FS fs) {
      super(parent, null, fs);
    }

    @Override
    public void load() {}

    @Override
    public void save() {}

    @Override
    public boolean isOutdated() {
      return false;
    }
  }
}
