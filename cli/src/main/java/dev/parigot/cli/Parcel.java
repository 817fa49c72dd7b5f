package dev.parigot.cli;

import dev.parigot.manifest.Blueprint;
import dev.parigot.manifest.Manifest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What of an app's folder is deployed: its manifest, the modules and the starting data that it
 * names, and the files of its site.
 *
 * @param files where each is, by its path as the platform knows it
 * @param digests {@code sha256:<hex>} of each, by the same path
 */
record Parcel(Map<String, Path> files, Map<String, String> digests) {
  private static final int MOST_FILES = 20_000;
  private static final long MOST_BYTES = 64L << 20;

  /** Of the folder that the app was read from. */
  static Parcel of(Folder folder, Blueprint app) {
    Map<String, Path> files = new LinkedHashMap<>();
    files.put(Blueprint.MANIFEST, folder.path().resolve(Blueprint.MANIFEST));
    for (Blueprint.Part part : parts(app)) {
      files.put(part.path(), folder.path().resolve(part.path()));
    }
    Manifest.Demo demo = app.manifest().demo();
    if (demo != null) {
      files.put(demo.data(), folder.path().resolve(demo.data()));
    }
    Manifest.Site site = app.manifest().site();
    if (site != null) {
      addSite(files, folder.path(), folder.path().resolve(site.dir()).normalize());
    }
    if (files.size() > MOST_FILES) {
      throw new UserMistake(
          "the site has %d files; a release takes %d at most".formatted(files.size(), MOST_FILES));
    }
    Map<String, String> digests = new LinkedHashMap<>();
    files.forEach((path, file) -> digests.put(path, digest(file)));
    return new Parcel(files, digests);
  }

  /** The files that have these digests, one for each, and their digests. */
  Map<String, Path> withDigests(Collection<String> wanted) {
    Map<String, Path> found = new LinkedHashMap<>();
    digests.forEach((path, digest) -> {
      Path file = files.get(path);
      if (file != null && wanted.contains(digest)) {
        found.put(digest, file);
      }
    });
    return found;
  }

  private static Iterable<Blueprint.Part> parts(Blueprint app) {
    return () ->
        Stream.concat(app.services().values().stream(), app.tests().values().stream()).iterator();
  }

  /** Git would not push its own folder, and keeps links as links, which the platform refuses. */
  private static void addSite(Map<String, Path> files, Path root, Path site) {
    try (Stream<Path> all = Files.walk(site)) {
      for (Path file : all.filter(each -> !Files.isDirectory(each)).sorted().toList()) {
        Path relative = root.normalize().relativize(file.normalize());
        if (relative.startsWith(".git") || relative.toString().contains("/.git/")) {
          continue;
        }
        check(relative, file);
        files.put(relative.toString().replace(file.getFileSystem().getSeparator(), "/"), file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void check(Path relative, Path file) throws IOException {
    if (Files.isSymbolicLink(file)) {
      throw new UserMistake(relative + " is a symbolic link; a file is needed");
    }
    if (Files.size(file) > MOST_BYTES) {
      throw new UserMistake(relative + " has over 64 MiB, which the platform doesn't take");
    }
  }

  private static String digest(Path file) {
    try (InputStream in = Files.newInputStream(file);
        var digesting = new DigestInputStream(in, MessageDigest.getInstance("SHA-256"))) {
      digesting.transferTo(OutputStream.nullOutputStream());
      return "sha256:" + HexFormat.of().formatHex(digesting.getMessageDigest().digest());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
