package dev.parigot.backup;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import tools.jackson.databind.json.JsonMapper;

/** Writes a backup, entry after entry. */
public final class BackupWriter {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final ZipOutputStream zip;
  private final Map<String, Manifest.Entry> entries = new LinkedHashMap<>();
  private final Map<String, Long> identities = new LinkedHashMap<>();

  BackupWriter(OutputStream out) {
    this.zip = new ZipOutputStream(out);
    zip.setLevel(Deflater.BEST_SPEED);
  }

  /** What writes one entry; the stream needs no closing. */
  @FunctionalInterface
  public interface Content {
    void write(OutputStream out) throws IOException;
  }

  /** Writes an entry. */
  public void entry(String name, Content content) throws IOException {
    MessageDigest digest = sha256();
    Counted counted = new Counted(zip, digest);
    zip.putNextEntry(new ZipEntry(name));
    content.write(counted);
    zip.closeEntry();
    entries.put(name, new Manifest.Entry(counted.count, HexFormat.of().formatHex(digest.digest())));
  }

  void identity(String table, long next) {
    identities.put(table, next);
  }

  /** Writes the manifest, which makes a backup of what was written. */
  void finish(String parigot, String tables, Instant at) throws IOException {
    zip.putNextEntry(new ZipEntry(Manifest.NAME));
    zip.write(
        JSON.writerWithDefaultPrettyPrinter()
            .writeValueAsBytes(
                new Manifest(Manifest.FORMAT, parigot, tables, at, identities, entries)));
    zip.closeEntry();
    zip.finish();
    zip.flush();
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Stays open: it is a part of the file. */
  private static final class Counted extends FilterOutputStream {
    private final MessageDigest digest;
    private long count;

    Counted(OutputStream out, MessageDigest digest) {
      super(out);
      this.digest = digest;
    }

    @Override
    public void write(int value) throws IOException {
      out.write(value);
      digest.update((byte) value);
      count++;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
      digest.update(bytes, offset, length);
      count += length;
    }

    @Override
    public void flush() {
      // When all is written.
    }

    @Override
    public void close() {
      // Goes on with the next entry.
    }
  }
}
