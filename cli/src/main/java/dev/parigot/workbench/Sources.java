package dev.parigot.workbench;

import dev.parigot.manifest.Blueprint;
import dev.parigot.manifest.Manifest;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Tells what a changed file is to an app. What the build writes is no source, else it would be
 * built without end; a file that changes during two builds in a row is taken for the build's own,
 * until it changes while none runs.
 */
final class Sources {
  private final Set<String> suspects = new HashSet<>();
  private final Set<String> outputs = new HashSet<>();
  private Set<String> modules = Set.of();
  private Set<String> moduleFolders = Set.of();
  private @Nullable Path site;

  /** What a file is. */
  enum Kind {
    /** The manifest, or a module that it names. */
    APP,
    SITE,
    SOURCE,
    OUTPUT
  }

  /** What the newest legible manifest says. */
  void follow(Manifest manifest) {
    modules =
        Stream.concat(
                manifest.services().values().stream().map(Manifest.Service::wasm),
                manifest.tests().values().stream().map(Manifest.TestModule::wasm))
            .map(path -> normal(path).toString())
            .collect(Collectors.toSet());
    moduleFolders =
        modules.stream()
            .map(path -> Path.of(path).getParent())
            .filter(parent -> parent != null && !parent.toString().isEmpty())
            .map(parent -> parent + "/")
            .collect(Collectors.toSet());
    site = manifest.site() == null ? null : normal(manifest.site().dir());
  }

  private static Path normal(String path) {
    return Path.of(path).normalize();
  }

  Kind kind(String path) {
    if (path.equals(Blueprint.MANIFEST) || modules.contains(path)) {
      return Kind.APP;
    }
    if (site != null && (site.toString().isEmpty() || Path.of(path).startsWith(site))) {
      return Kind.SITE;
    }
    boolean built = outputs.contains(path) || path.endsWith(".wasm");
    return built || moduleFolders.stream().anyMatch(path::startsWith) ? Kind.OUTPUT : Kind.SOURCE;
  }

  /** Files that changed while no build ran. */
  void changedAlone(Set<String> paths) {
    suspects.removeAll(paths);
    outputs.removeAll(paths);
  }

  /**
   * Files that changed while a build ran; answers those that may have been edited meanwhile.
   *
   * @param before the files as the build began
   */
  Set<String> changedDuringBuild(Set<String> paths, Tree before) {
    Set<String> edited = new HashSet<>();
    for (String path : paths) {
      if (kind(path) == Kind.SOURCE) {
        if (before.files().containsKey(path) && suspects.add(path)) {
          edited.add(path);
        } else {
          outputs.add(path);
        }
      }
    }
    suspects.retainAll(paths);
    return edited;
  }
}
