package dev.parigot.pipeline;

import dev.parigot.app.AppName;
import dev.parigot.artifact.Digest;
import dev.parigot.manifest.Blueprint;
import dev.parigot.manifest.MalformedApp;
import dev.parigot.manifest.Manifest;
import dev.parigot.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Reads and checks what was pushed. Goes on after a mistake as far as that makes sense, so that all
 * mistakes are told at once.
 */
final class SourceReader {
  static final int MAX_FILES = 20_000;
  private static final long MAX_FILE_BYTES = 64L << 20;
  private static final long MAX_MANIFEST_BYTES = 1L << 20;
  private static final String LFS = "version https://git-lfs.github.com/";

  private final AppName app;
  private final SourceTree tree;
  private final Map<String, SourceTree.Entry> entries = new LinkedHashMap<>();
  private final Pushed pushed = new Pushed();
  private final List<String> mistakes = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  private SourceReader(AppName app, SourceTree tree) {
    this.app = app;
    this.tree = tree;
  }

  /** What was pushed, if it is right; else a 422 {@code Problem} with every mistake. */
  static Source read(AppName app, SourceTree tree) throws IOException {
    return new SourceReader(app, tree).read();
  }

  private Source read() throws IOException {
    readEntries();
    Blueprint blueprint = blueprint();
    checkName(blueprint.manifest());
    Map<String, Source.StoredFile> site = readSite(blueprint.manifest());
    if (!mistakes.isEmpty()) {
      throw refusal();
    }
    Map<String, Source.Module> services = modules(blueprint.services());
    warnOfHiddenFolders(blueprint.manifest(), site);
    Manifest.Demo demo = blueprint.manifest().demo();
    return new Source(
        tree,
        blueprint,
        pushed.stored(Blueprint.MANIFEST),
        demo == null ? null : pushed.stored(demo.data()),
        services,
        modules(blueprint.tests()),
        site,
        warnings);
  }

  private void readEntries() throws IOException {
    for (SourceTree.Entry entry : tree.entries(MAX_FILES)) {
      String path = entry.path();
      if (leavesTheTree(path)) {
        mistakes.add(path + ": a name that leaves the tree");
      } else if (entries.put(path, entry) != null) {
        mistakes.add(path + ": is there twice");
      }
    }
  }

  private static boolean leavesTheTree(String path) {
    return path.isEmpty()
        || path.startsWith("/")
        || path.contains("\\")
        || path.contains("\0")
        || List.of(path.split("/", -1)).contains("..");
  }

  /** What was pushed as far as it is legible; its mistakes are noted. */
  private Blueprint blueprint() {
    if (!entries.containsKey(Blueprint.MANIFEST)) {
      throw Problem.user(
          422,
          "manifest-missing",
          "There is no " + Blueprint.MANIFEST + " at the root of what was pushed.",
          "Add one that names your modules, at least: [services.hello] wasm = \"hello.wasm\" public"
              + " = true");
    }
    try {
      return Blueprint.read(pushed);
    } catch (MalformedApp e) {
      mistakes.addAll(e.mistakes());
      return e.legible().orElseThrow(this::refusal);
    }
  }

  private void checkName(Manifest manifest) {
    if (manifest.name() != null && !manifest.name().equals(app.value())) {
      mistakes.add(
          Blueprint.MANIFEST
              + ": name = \""
              + manifest.name()
              + "\", but this is the app \""
              + app
              + "\". Push to the other app's remote, or change the name or leave it out.");
    }
  }

  private Map<String, Source.Module> modules(Map<String, Blueprint.Part> parts) {
    Map<String, Source.Module> modules = new LinkedHashMap<>();
    parts.forEach((name, part) ->
        modules.put(name, new Source.Module(pushed.stored(part.path()), part.contract())));
    return modules;
  }

  /** The pushed files, of which each that is read is remembered with its digest. */
  private final class Pushed implements Blueprint.Files {
    private final Map<String, Source.StoredFile> read = new HashMap<>();

    @Override
    public byte[] read(String path) throws Blueprint.Unreadable {
      SourceTree.Entry entry = entries.get(path);
      if (entry == null) {
        throw new Blueprint.Unreadable(absent(path));
      }
      if (entry.kind() != SourceTree.Kind.FILE) {
        throw new Blueprint.Unreadable(
            path + " is a " + named(entry.kind()) + "; a file is needed");
      }
      long limit = path.equals(Blueprint.MANIFEST) ? MAX_MANIFEST_BYTES : MAX_FILE_BYTES;
      if (entry.size() > limit) {
        throw new Blueprint.Unreadable(
            "%s has %s; at most %s are taken"
                .formatted(path, mebibytes(entry.size()), mebibytes(limit)));
      }
      byte[] bytes = bytes(entry);
      if (isLfsPointer(bytes)) {
        throw new Blueprint.Unreadable(
            path + " is a Git LFS pointer: push the file itself, without LFS");
      }
      read.put(path, new Source.StoredFile(entry, Digest.sha256(bytes)));
      return bytes;
    }

    @Override
    public boolean anyIn(String folder) {
      String prefix = prefix(folder);
      return entries.keySet().stream().anyMatch(path -> path.startsWith(prefix));
    }

    /** A file that was read. */
    Source.StoredFile stored(String path) {
      return Objects.requireNonNull(read.get(path), path);
    }

    private byte[] bytes(SourceTree.Entry entry) {
      try {
        return tree.read(entry);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static boolean isLfsPointer(byte[] bytes) {
    int length = Math.min(bytes.length, LFS.length());
    return new String(bytes, 0, length, StandardCharsets.ISO_8859_1).equals(LFS);
  }

  private String absent(String path) {
    Optional<SourceTree.Entry> detour =
        entries.values().stream()
            .filter(entry -> entry.kind() != SourceTree.Kind.FILE)
            .filter(entry -> path.startsWith(entry.path() + "/"))
            .findFirst();
    if (detour.isPresent()) {
      return path + " is inside the " + named(detour.get().kind()) + " " + detour.get().path();
    }
    String others =
        entries.keySet().stream()
            .filter(name -> name.endsWith(".wasm"))
            .limit(8)
            .collect(Collectors.joining(", "));
    return "there is no file "
        + path
        + " in what was pushed; "
        + (others.isEmpty()
            ? "is it ignored by .gitignore? Modules are pushed compiled."
            : "there is " + others);
  }

  private Map<String, Source.StoredFile> readSite(Manifest manifest) {
    Map<String, Source.StoredFile> site = new LinkedHashMap<>();
    if (manifest.site() == null) {
      return site;
    }
    String prefix = prefix(manifest.site().dir());
    for (String path : entries.keySet()) {
      if (path.startsWith(prefix)) {
        try {
          pushed.read(path);
          site.put(path.substring(prefix.length()), pushed.stored(path));
        } catch (Blueprint.Unreadable e) {
          mistakes.add(String.valueOf(e.getMessage()));
        }
      }
    }
    return site;
  }

  /** How the paths of a folder's files begin. */
  private static String prefix(String dir) {
    String folder = dir.replaceFirst("^(\\./)+", "").replaceFirst("/+$", "");
    return folder.isEmpty() || folder.equals(".") ? "" : folder + "/";
  }

  private void warnOfHiddenFolders(Manifest manifest, Map<String, Source.StoredFile> site) {
    for (String name : manifest.services().keySet()) {
      if (site.keySet().stream().anyMatch(path -> path.startsWith(name + "/"))) {
        warnings.add(
            "Warning: the service " + name + " has the name of the site's folder " + name + "/");
      }
    }
    if (site.keySet().stream().anyMatch(path -> path.startsWith("_parigot/"))) {
      warnings.add(
          "Warning: nobody gets the site's folder _parigot/: the platform itself answers there");
    }
  }

  private static String named(SourceTree.Kind kind) {
    return switch (kind) {
      case FILE -> "file";
      case SYMLINK -> "symbolic link";
      case SUBMODULE -> "submodule";
    };
  }

  private static String mebibytes(long bytes) {
    return Math.ceilDiv(bytes, 1L << 20) + " MiB";
  }

  private Problem refusal() {
    return new Problem(
        Problem.Kind.USER,
        422,
        "push-refused",
        "What was pushed has " + Source.counted(mistakes.size(), "mistake") + ":",
        "Nothing was changed. Mend this and push again.",
        mistakes);
  }
}
