package dev.parigot.manifest;

import static dev.parigot.manifest.Blueprint.MANIFEST;

import dev.parigot.contract.BrokenGraph;
import dev.parigot.contract.Contract;
import dev.parigot.contract.ContractViolated;
import dev.parigot.contract.Dependency;
import dev.parigot.contract.Role;
import dev.parigot.contract.ServiceGraph;
import dev.parigot.contract.Violation;
import dev.parigot.wasm.MalformedWasm;
import dev.parigot.wasm.MemoryLimits;
import dev.parigot.wasm.SectionId;
import dev.parigot.wasm.WasmModule;
import dev.parigot.wasm.WasmReader;
import dev.parigot.wasm.WasmValidator;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the blueprint of an app. Goes on after a mistake as far as that makes sense, so that all
 * mistakes are told at once.
 */
final class BlueprintReader {
  /** The cure of a module that is no valid one. */
  private static final String REBUILD =
      "Build it anew; if that gives the same, try another version of the tool that wrote it.";

  private final String folder;
  private final Blueprint.Files files;
  private final List<String> mistakes = new ArrayList<>();
  private final Map<String, Blueprint.Part> services = new LinkedHashMap<>();
  private final Map<String, Blueprint.Part> tests = new LinkedHashMap<>();
  private @Nullable Manifest manifest;

  /**
   * @param folder what the places of mistakes begin with, ahead of paths
   */
  BlueprintReader(String folder, Blueprint.Files files) {
    this.folder = folder;
    this.files = files;
  }

  /** Reads apps whose services may call one another; answers their blueprints in that order. */
  static List<Blueprint> read(List<BlueprintReader> apps) {
    apps.forEach(BlueprintReader::readModules);
    if (apps.stream().allMatch(each -> each.manifest != null) && haveNamesOfTheirOwn(apps)) {
      checkGraph(apps);
    }
    List<String> mistakes = apps.stream().flatMap(each -> each.mistakes.stream()).toList();
    if (!mistakes.isEmpty()) {
      throw new MalformedApp(mistakes, apps.size() == 1 ? apps.getFirst().legible() : null);
    }
    return apps.stream().map(BlueprintReader::legible).map(Objects::requireNonNull).toList();
  }

  private @Nullable Blueprint legible() {
    return manifest == null ? null : new Blueprint(manifest, services, tests);
  }

  private void readModules() {
    Manifest read = manifest();
    manifest = read;
    if (read == null) {
      return;
    }
    read.services()
        .forEach((name, service) ->
            part(services, name, service.wasm(), service.line(), service.memoryBytes()));
    read.tests().forEach((name, test) -> part(tests, name, test.wasm(), test.line(), null));
    checkSite(read.site());
    checkDemo(read.demo());
    if (unread().isEmpty()) {
      read.mistakes(Blueprint.contracts(services)).forEach(mistake -> mistaken(MANIFEST, mistake));
    }
  }

  private @Nullable Manifest manifest() {
    try {
      byte[] bytes = files.read(MANIFEST);
      return ManifestReader.read(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (Blueprint.Unreadable e) {
      mistakes.add(String.valueOf(e.getMessage()));
    } catch (CharacterCodingException e) {
      mistakes.add(folder + MANIFEST + ": is not UTF-8 text");
    } catch (MalformedManifest e) {
      e.mistakes().forEach(mistake -> mistaken(MANIFEST, mistake));
      return e.legible().orElse(null);
    }
    return null;
  }

  /** {@code memory} is what a service may have, or null for a test module. */
  private void part(
      Map<String, Blueprint.Part> parts,
      String name,
      String path,
      int line,
      @Nullable Long memory) {
    try {
      WasmModule module = WasmReader.read(files.read(path));
      WasmValidator.validate(module);
      if (memory != null
          && MemoryLimits.cap(module, memory) instanceof MemoryLimits.Outcome.TooBig big) {
        tooBig(title(name, path), big);
      }
      Role role = parts == tests ? Role.TEST : Role.SERVICE;
      parts.put(name, new Blueprint.Part(path, Contract.of(module, role)));
    } catch (Blueprint.Unreadable e) {
      mistakes.add(at(line) + e.getMessage());
    } catch (MalformedWasm e) {
      String next = e.next().isEmpty() ? REBUILD : e.next();
      mistakes.add(title(name, path) + ": " + e.place() + ": " + e.reason() + ". " + next);
    } catch (ContractViolated e) {
      e.violations().forEach(violation -> violated(title(name, path), violation));
    }
  }

  private void tooBig(String title, MemoryLimits.Outcome.TooBig big) {
    String next =
        big.section() == SectionId.MEMORY
            ? "Allow it more with `memory`, or build it to begin with less."
            : "Build it to begin with less.";
    mistakes.add(title + ": " + big.section().title() + ": " + big.reason() + ". " + next);
  }

  private void checkSite(Manifest.@Nullable Site site) {
    if (site != null && !files.anyIn(site.dir())) {
      mistakes.add(at(site.line()) + "the site's folder " + site.dir() + " has no files");
    }
  }

  private Set<String> unread() {
    Set<String> unread = new HashSet<>();
    if (manifest != null) {
      unread.addAll(manifest.services().keySet());
      unread.removeAll(services.keySet());
    }
    return unread;
  }

  /** Tells of services of one name in two apps. */
  private static boolean haveNamesOfTheirOwn(List<BlueprintReader> apps) {
    Map<String, String> places = new HashMap<>();
    boolean all = true;
    for (BlueprintReader app : apps) {
      for (var each : Objects.requireNonNull(app.manifest).services().entrySet()) {
        int line = each.getValue().line();
        String before = places.putIfAbsent(each.getKey(), app.folder + MANIFEST + ":" + line);
        if (before != null) {
          all = false;
          app.mistakes.add(
              app.at(line)
                  + "there is a service `"
                  + each.getKey()
                  + "` in "
                  + before
                  + " too. Rename one of them, or leave one of the apps out.");
        }
      }
    }
    return all;
  }

  private void checkDemo(Manifest.@Nullable Demo demo) {
    if (demo == null) {
      return;
    }
    try {
      StartingData.read(files.read(demo.data()));
    } catch (Blueprint.Unreadable e) {
      mistakes.add(at(demo.line()) + e.getMessage());
    } catch (MalformedData e) {
      e.mistakes().forEach(mistake -> mistaken(demo.data(), mistake));
    }
  }

  /** Looks at the calls between the modules that could be read, and whose callees could. */
  private static void checkGraph(List<BlueprintReader> apps) {
    Map<String, Contract> known = new LinkedHashMap<>();
    Map<String, Contract> knownTests = new LinkedHashMap<>();
    Map<String, Consumer<Violation>> modules = new HashMap<>();
    Set<String> unknown = new HashSet<>();
    for (BlueprintReader app : apps) {
      app.services.forEach((name, part) -> {
        String title = app.title(name, part.path());
        known.put(name, part.contract());
        modules.put(name, violation -> app.violated(title, violation));
      });
      app.tests.forEach((name, part) -> {
        // Names of test modules need not differ from those of services, nor from another app's.
        String title = app.title(name, part.path());
        knownTests.put(title, part.contract());
        modules.put(title, violation -> app.violated(title, violation));
      });
      unknown.addAll(app.unread());
    }
    while (unknown.addAll(dropCallersOf(unknown, known))) {
      // A caller of what was dropped is dropped too.
    }
    dropCallersOf(unknown, knownTests);
    try {
      ServiceGraph.of(known, knownTests);
    } catch (BrokenGraph e) {
      for (BrokenGraph.Fault fault : e.faults()) {
        Objects.requireNonNull(modules.get(fault.service())).accept(fault.violation());
      }
    }
  }

  private static List<String> dropCallersOf(Set<String> unknown, Map<String, Contract> known) {
    List<String> callers =
        known.entrySet().stream()
            .filter(each ->
                each.getValue().dependencies().stream()
                    .map(Dependency::service)
                    .anyMatch(unknown::contains))
            .map(Map.Entry::getKey)
            .toList();
    known.keySet().removeAll(callers);
    return callers;
  }

  private void mistaken(String file, Mistake mistake) {
    mistakes.add(
        at(file, mistake.line() + ":" + mistake.column())
            + mistake.what()
            + (mistake.next().isEmpty() ? "" : " " + mistake.next()));
  }

  private void violated(String title, Violation violation) {
    mistakes.add(title + ": " + violation);
  }

  /** What mistakes of a module are told of: {@code cart (build/cart.wasm)}. */
  private String title(String name, String path) {
    return name + " (" + folder + path + ")";
  }

  private String at(Object line) {
    return at(MANIFEST, line);
  }

  private String at(String file, Object place) {
    return folder + file + ":" + place + ": ";
  }
}
