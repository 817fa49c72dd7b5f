package dev.parigot.database;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.h2.store.fs.FileBaseDefault;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/** A disk that can be full: H2 finds files on it as {@code full:/path}. */
public final class FullDisk extends FilePathWrapper {
  private static volatile boolean full;

  @Override
  public String getScheme() {
    return "full";
  }

  /** Lets H2 know of it. */
  static void mount() {
    FilePath.register(new FullDisk());
  }

  /** Whether nothing more can be written. */
  static void setFull(boolean now) {
    full = now;
  }

  @Override
  public FileChannel open(String mode) throws IOException {
    return new Checked(getBase().open(mode));
  }

  private static final class Checked extends FileBaseDefault {
    private final FileChannel file;

    Checked(FileChannel file) {
      this.file = file;
    }

    @Override
    public int write(ByteBuffer src, long position) throws IOException {
      if (full) {
        throw new IOException("No space left on device");
      }
      return file.write(src, position);
    }

    @Override
    public int read(ByteBuffer dst, long position) throws IOException {
      return file.read(dst, position);
    }

    @Override
    public long size() throws IOException {
      return file.size();
    }

    @Override
    public void force(boolean metaData) throws IOException {
      file.force(metaData);
    }

    @Override
    public java.nio.channels.FileLock tryLock(long position, long size, boolean shared)
        throws IOException {
      return file.tryLock(position, size, shared);
    }

    @Override
    protected void implTruncate(long size) throws IOException {
      file.truncate(size);
    }

    @Override
    protected void implCloseChannel() throws IOException {
      file.close();
    }
  }
}
