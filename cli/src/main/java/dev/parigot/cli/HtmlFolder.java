package dev.parigot.cli;

import dev.parigot.browser.BrowserApp;
import dev.parigot.browser.BrowserSource;
import dev.parigot.manifest.Blueprint;
import dev.parigot.manifest.Manifest;
import dev.parigot.manifest.StartingData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A folder to which an app is written as files for a static host. */
record HtmlFolder(Path path) {
  private static final String SITUATION = "demo";

  /** Throws {@link UserMistake} if something else is there. */
  HtmlFolder {
    if (Files.exists(path) && !Files.exists(path.resolve(BrowserApp.PAGE))) {
      try (Stream<Path> files = Files.list(path)) {
        if (files.findAny().isPresent()) {
          throw new UserMistake(path + " is no folder of an app, and not empty");
        }
      } catch (IOException e) {
        throw new UserMistake(path + " is no folder: " + e.getMessage());
      }
    }
  }

  /** Writes the app there; answers what to tell of it. Files of an older version stay. */
  String write(Folder folder) throws IOException {
    Blueprint blueprint = Blueprint.read(folder);
    Manifest manifest = blueprint.manifest();
    Map<String, byte[]> modules = new LinkedHashMap<>();
    for (Map.Entry<String, Manifest.Service> each : manifest.services().entrySet()) {
      modules.put(each.getKey(), read(folder, each.getValue().wasm()));
    }
    Map<String, byte[]> files;
    try {
      files =
          BrowserApp.of(
                  new BrowserSource(
                      folder.nameOf(blueprint),
                      manifest,
                      modules,
                      site(folder, manifest.site()),
                      manifest.config().in(SITUATION),
                      data(folder, manifest.demo())))
              .files();
    } catch (IllegalArgumentException e) {
      throw new UserMistake(String.valueOf(e.getMessage()));
    }
    long bytes = 0;
    for (Map.Entry<String, byte[]> each : files.entrySet()) {
      Path file = path.resolve(each.getKey());
      Files.createDirectories(file.getParent());
      Files.write(file, each.getValue());
      bytes += each.getValue().length;
    }
    return path
        + ": "
        + files.size()
        + " files, "
        + bytes
        + " bytes; serve it at the root of a host";
  }

  private static Map<String, byte[]> site(Folder folder, Manifest.@Nullable Site site)
      throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    if (site != null) {
      Path root = folder.path().resolve(site.dir());
      try (Stream<Path> found = Files.walk(root)) {
        for (Path file : found.filter(Files::isRegularFile).toList()) {
          files.put(root.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
        }
      }
    }
    return files;
  }

  private static Map<String, byte[]> data(Folder folder, Manifest.@Nullable Demo demo) {
    return demo == null ? Map.of() : StartingData.read(read(folder, demo.data()));
  }

  private static byte[] read(Folder folder, String file) {
    try {
      return folder.read(file);
    } catch (Blueprint.Unreadable e) {
      throw new UserMistake(String.valueOf(e.getMessage()));
    }
  }
}
