package dev.parigot.backup;

import dev.parigot.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** A backup that was checked from its first byte to its last. */
public final class BackupFile implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int BLOCK = 1 << 16;

  private final ZipFile zip;
  private final Manifest manifest;

  private BackupFile(ZipFile zip, Manifest manifest) {
    this.zip = zip;
    this.manifest = manifest;
  }

  /** Opens and checks it. A {@code Problem} if it is no backup, or not what was written. */
  public static BackupFile open(Path file) {
    if (!Files.isRegularFile(file)) {
      throw Problem.user(400, "no-backup", "There is no file " + file + ".", "Name a backup.");
    }
    ZipFile zip;
    try {
      zip = new ZipFile(file.toFile());
    } catch (IOException e) {
      throw damaged(file, "it is no ZIP, or breaks off");
    }
    try {
      Manifest manifest = manifest(file, zip);
      check(file, zip, manifest);
      return new BackupFile(zip, manifest);
    } catch (IOException | RuntimeException e) {
      close(zip);
      throw e instanceof Problem problem ? problem : damaged(file, String.valueOf(e.getMessage()));
    }
  }

  private static Manifest manifest(Path file, ZipFile zip) throws IOException {
    ZipEntry entry = zip.getEntry(Manifest.NAME);
    if (entry == null) {
      throw damaged(file, "it has no " + Manifest.NAME);
    }
    byte[] text;
    try (InputStream in = zip.getInputStream(entry)) {
      text = in.readAllBytes();
    }
    try {
      int format = JSON.readTree(text).path("format").asInt(0);
      if (format != Manifest.FORMAT) {
        throw Problem.user(
            400,
            "backup-of-another-format",
            file
                + " is a backup of format "
                + format
                + "; this build of Parigot reads format "
                + Manifest.FORMAT
                + ".",
            "Restore it with the build that wrote it, or a later one.");
      }
      return JSON.readValue(text, Manifest.class);
    } catch (JacksonException e) {
      throw damaged(file, Manifest.NAME + " is not what it should be");
    }
  }

  private static void check(Path file, ZipFile zip, Manifest manifest) throws IOException {
    long others = zip.stream().filter(entry -> !entry.getName().equals(Manifest.NAME)).count();
    if (others != manifest.entries().size()) {
      throw damaged(file, "it has other entries than its manifest says");
    }
    for (var expected : manifest.entries().entrySet()) {
      String name = expected.getKey();
      ZipEntry entry = zip.getEntry(name);
      if (entry == null) {
        throw damaged(file, name + " is missing");
      }
      if (!read(zip, entry).equals(expected.getValue())) {
        throw damaged(file, name + " is not what was written");
      }
    }
  }

  private static Manifest.Entry read(ZipFile zip, ZipEntry entry) throws IOException {
    MessageDigest digest = BackupWriter.sha256();
    byte[] block = new byte[BLOCK];
    long count = 0;
    try (InputStream in = zip.getInputStream(entry)) {
      for (int read = in.read(block); read >= 0; read = in.read(block)) {
        digest.update(block, 0, read);
        count += read;
      }
    }
    return new Manifest.Entry(count, HexFormat.of().formatHex(digest.digest()));
  }

  private static Problem damaged(Path file, String why) {
    return Problem.user(
        400,
        "backup-damaged",
        file + " is no whole backup: " + why + ".",
        "Use another one; nothing was changed.");
  }

  /** The version of the tables that it has. */
  public String tables() {
    return manifest.tables();
  }

  /** When it was made. */
  public Instant at() {
    return manifest.at();
  }

  /** The entries of a holding: their names behind that of its folder, in the file's order. */
  public List<String> entries(String holding) {
    String folder = holding + "/";
    return manifest.entries().keySet().stream()
        .filter(name -> name.startsWith(folder))
        .map(name -> name.substring(folder.length()))
        .toList();
  }

  /** What an entry has; to be closed. */
  public InputStream read(String holding, String entry) throws IOException {
    return zip.getInputStream(zip.getEntry(holding + "/" + entry));
  }

  @Nullable Long identity(String table) {
    return manifest.identities().get(table);
  }

  @Override
  public void close() {
    close(zip);
  }

  private static void close(ZipFile zip) {
    try {
      zip.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
