package dev.parigot.pipeline;

import dev.parigot.problem.Problem;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The files of a {@code .tar.gz}, unpacked into one temporary file until it is closed. Links of
 * both kinds are told as symbolic links, and folders not at all. Takes 512 MiB unpacked at most.
 */
public final class ArchiveTree implements SourceTree, AutoCloseable {
  private static final long MAX_BYTES = 512L << 20;

  private final Path unpacked;
  private final FileChannel content;
  private final Map<String, Place> places = new LinkedHashMap<>();

  private record Place(Entry entry, long offset) {}

  private ArchiveTree(Path unpacked, FileChannel content) {
    this.unpacked = unpacked;
    this.content = content;
  }

  /**
   * Unpacks an archive. A 400 {@code Problem} if it is none, a 413 one if it is too large or has
   * more than 20,000 files.
   */
  public static ArchiveTree unpack(InputStream archive) throws IOException {
    Path file = Files.createTempFile("parigot-upload-", null);
    FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE);
    ArchiveTree tree = new ArchiveTree(file, channel);
    boolean complete = false;
    try {
      tree.fill(archive);
      complete = true;
    } finally {
      if (!complete) {
        tree.close();
      }
    }
    return tree;
  }

  @Override
  public List<Entry> entries(int limit) {
    if (places.size() > limit) {
      throw tooManyFiles(limit);
    }
    return places.values().stream().map(Place::entry).toList();
  }

  @Override
  public byte[] read(Entry entry) throws IOException {
    Place place = places.get(entry.path());
    if (place == null) {
      throw new IOException("no file " + entry.path() + " in the archive");
    }
    ByteBuffer bytes = ByteBuffer.allocate((int) place.entry.size());
    while (bytes.hasRemaining()) {
      if (content.read(bytes, place.offset + bytes.position()) < 0) {
        throw new EOFException(unpacked + " is shorter than it was");
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
    content.close();
  }

  private void fill(InputStream archive) throws IOException {
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(new GZIPInputStream(archive), "UTF-8")) {
      OutputStream out = Channels.newOutputStream(content);
      for (TarArchiveEntry each = tar.getNextEntry(); each != null; each = tar.getNextEntry()) {
        if (!each.isDirectory()) {
          add(each, tar, out);
        }
        if (places.size() > SourceReader.MAX_FILES) {
          throw tooManyFiles(SourceReader.MAX_FILES);
        }
      }
    } catch (IOException | IllegalArgumentException e) {
      throw Problem.user(
          400,
          "archive-unreadable",
          "What was sent is no .tar.gz: " + e.getMessage(),
          "Make one with: tar -czf app.tar.gz parigot.toml ...");
    }
  }

  private void add(TarArchiveEntry each, InputStream tar, OutputStream out) throws IOException {
    String path = each.getName().replaceFirst("^(\\./)+", "");
    long offset = content.position();
    if (!each.isFile() || each.isLink() || each.isSymbolicLink()) {
      put(new Entry(path, Kind.SYMLINK, 0), offset);
      return;
    }
    if (offset + each.getSize() > MAX_BYTES) {
      throw Problem.user(
          413,
          "archive-too-large",
          "The archive has more than 512 MiB unpacked.",
          "Leave out what is not deployed.");
    }
    long size = tar.transferTo(out);
    if (size != each.getSize()) {
      throw new EOFException(path + " ends early");
    }
    put(new Entry(path, Kind.FILE, size), offset);
  }

  private void put(Entry entry, long offset) {
    if (places.put(entry.path(), new Place(entry, offset)) != null) {
      throw Problem.user(
          400,
          "archive-ambiguous",
          "The archive has " + entry.path() + " twice.",
          "Make a new archive instead of appending to one.");
    }
  }

  private static Problem tooManyFiles(int limit) {
    return Problem.user(
        413,
        "tree-too-large",
        "The archive has more than " + limit + " files.",
        "Leave out what is not deployed, such as dependencies and build folders.");
  }
}
