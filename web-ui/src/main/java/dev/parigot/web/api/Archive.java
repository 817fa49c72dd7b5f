package dev.parigot.web.api;

import dev.parigot.pipeline.SourceTree;
import dev.parigot.problem.Problem;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A {@code .tar.gz} as a source tree. Its files lie end to end in one temporary file, so that no
 * name in it ever becomes a path on this machine.
 */
final class Archive implements SourceTree, AutoCloseable {
  /** How large an archive may be: its entries, and all its bytes when unpacked. */
  record Limits(int entries, long bytes) {
    static final Limits DEFAULT = new Limits(40_000, 1L << 30);
  }

  private record Content(long position, int size) {}

  private final FileChannel unpacked;
  private final List<Entry> entries = new ArrayList<>();
  private final Map<String, Content> contents = new LinkedHashMap<>();

  private Archive(FileChannel unpacked) {
    this.unpacked = unpacked;
  }

  /** Unpacks it; a {@code Problem} if it is no such archive or exceeds the limits. */
  static Archive read(InputStream body, Limits limits) throws IOException {
    Path file = Files.createTempFile("parigot-archive", null);
    Archive archive =
        new Archive(
            FileChannel.open(
                file,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                StandardOpenOption.DELETE_ON_CLOSE));
    try {
      archive.unpack(body, limits);
      return archive;
    } catch (IOException | RuntimeException e) {
      archive.close();
      throw e;
    }
  }

  private void unpack(InputStream body, Limits limits) throws IOException {
    try (var tar =
        new TarArchiveInputStream(
            new Bounded(new BufferedInputStream(gunzip(body), 1 << 16), limits.bytes()))) {
      for (TarArchiveEntry entry = next(tar); entry != null; entry = next(tar)) {
        if (entry.isDirectory()) {
          continue;
        }
        if (entries.size() == limits.entries()) {
          throw tooLarge("more than " + limits.entries() + " files");
        }
        add(entry, tar);
      }
    }
  }

  private void add(TarArchiveEntry entry, TarArchiveInputStream tar) throws IOException {
    String path = path(entry.getName());
    if (entry.isLink()) {
      Content linked = contents.get(path(entry.getLinkName()));
      if (linked == null) {
        throw unreadable("a hard link to nothing, " + path);
      }
      contents.put(path, linked);
      entries.add(new Entry(path, Kind.FILE, linked.size()));
    } else if (entry.isSymbolicLink()) {
      entries.add(new Entry(path, Kind.SYMLINK, 0));
    } else if (entry.isBlockDevice() || entry.isCharacterDevice() || entry.isFIFO()) {
      throw Problem.user(
          400,
          "archive-entry-unusable",
          "\"" + path + "\" in the archive is neither file nor folder.",
          "Leave it out.");
    } else {
      Content content = copy(tar);
      contents.put(path, content);
      entries.add(new Entry(path, Kind.FILE, content.size()));
    }
  }

  private Content copy(TarArchiveInputStream tar) throws IOException {
    long position = unpacked.position();
    byte[] buffer = new byte[1 << 16];
    for (int read = read(tar, buffer); read >= 0; read = read(tar, buffer)) {
      ByteBuffer part = ByteBuffer.wrap(buffer, 0, read);
      while (part.hasRemaining()) {
        unpacked.write(part);
      }
    }
    return new Content(position, Math.toIntExact(unpacked.position() - position));
  }

  @Override
  public List<Entry> entries(int limit) {
    if (entries.size() > limit) {
      throw tooLarge("more than " + limit + " files");
    }
    return List.copyOf(entries);
  }

  @Override
  public byte[] read(Entry entry) throws IOException {
    Content content = contents.get(entry.path());
    if (content == null) {
      throw new FileNotFoundException(entry.path());
    }
    ByteBuffer bytes = ByteBuffer.allocate(content.size());
    while (bytes.hasRemaining()) {
      if (unpacked.read(bytes, content.position() + bytes.position()) < 0) {
        throw new EOFException(entry.path());
      }
    }
    return bytes.array();
  }

  @Override
  public @Nullable String commit() {
    return null;
  }

  @Override
  public void close() throws IOException {
    unpacked.close();
  }

  private static InputStream gunzip(InputStream body) {
    try {
      return new GZIPInputStream(body, 1 << 16);
    } catch (IOException e) {
      throw unreadable(e.getMessage());
    }
  }

  private static @Nullable TarArchiveEntry next(TarArchiveInputStream tar) {
    try {
      return tar.getNextEntry();
    } catch (IOException | IllegalArgumentException e) {
      throw unreadable(e.getMessage());
    }
  }

  private static int read(TarArchiveInputStream tar, byte[] buffer) {
    try {
      return tar.read(buffer);
    } catch (IOException e) {
      throw unreadable(e.getMessage());
    }
  }

  /** As git would have it: without the dot that tar puts before. */
  private static String path(String name) {
    return name.startsWith("./") ? name.substring(2) : name;
  }

  private static Problem unreadable(@Nullable String why) {
    return Problem.user(
        400,
        "archive-unreadable",
        "The body is no whole .tar.gz: " + (why == null ? "it ends too soon" : why) + ".",
        "Send what \"tar czf - -C DIR .\" prints.");
  }

  private static Problem tooLarge(String what) {
    return Problem.user(
        413,
        "archive-too-large",
        "The archive has " + what + ".",
        "Leave out what is not deployed, such as dependencies and build folders.");
  }

  /** Ends an archive that unpacks to more than it may. */
  private static final class Bounded extends FilterInputStream {
    private final long limit;
    private long left;

    Bounded(InputStream in, long limit) {
      super(in);
      this.limit = limit;
      this.left = limit;
    }

    @Override
    public int read() throws IOException {
      int value = super.read();
      count(value < 0 ? 0 : 1);
      return value;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read = super.read(bytes, offset, length);
      count(Math.max(0, read));
      return read;
    }

    @Override
    public long skip(long bytes) throws IOException {
      long skipped = super.skip(bytes);
      count(skipped);
      return skipped;
    }

    private void count(long bytes) {
      left -= bytes;
      if (left < 0) {
        throw tooLarge("more than " + (limit >> 20) + " MiB when unpacked");
      }
    }
  }
}
