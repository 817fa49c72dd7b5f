package dev.parigot.pipeline;

import dev.parigot.app.AppName;
import dev.parigot.artifact.Digest;
import dev.parigot.contract.BrokenGraph;
import dev.parigot.contract.Contract;
import dev.parigot.contract.ContractViolated;
import dev.parigot.contract.Dependency;
import dev.parigot.contract.Role;
import dev.parigot.contract.ServiceGraph;
import dev.parigot.contract.Violation;
import dev.parigot.manifest.MalformedManifest;
import dev.parigot.manifest.Manifest;
import dev.parigot.manifest.ManifestReader;
import dev.parigot.problem.Problem;
import dev.parigot.wasm.Import;
import dev.parigot.wasm.MalformedWasm;
import dev.parigot.wasm.WasmModule;
import dev.parigot.wasm.WasmReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads and checks what was pushed. Goes on after a mistake as far as that makes sense, so that all
 * mistakes are told at once.
 */
final class SourceReader {
  private static final String MANIFEST = "parigot.toml";
  static final int MAX_FILES = 20_000;
  private static final long MAX_FILE_BYTES = 64L << 20;
  private static final long MAX_MANIFEST_BYTES = 1L << 20;
  private static final String LFS = "version https://git-lfs.github.com/";

  /** The import modules of the ABI that are checked but can't be used yet, and what they do. */
  private static final Map<String, String> NOT_PROVIDED =
      Map.of("parigot:queue", "sending to queues", "parigot:http", "requests to other hosts");

  private final AppName app;
  private final SourceTree tree;
  private final Map<String, SourceTree.Entry> entries = new LinkedHashMap<>();
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
    Manifest manifest = readManifest();
    if (manifest == null) {
      throw refusal();
    }
    checkName(manifest);
    Map<String, Source.Module> services = new LinkedHashMap<>();
    for (var each : manifest.services().entrySet()) {
      Manifest.Service service = each.getValue();
      Source.Module module = readModule(service.wasm(), service.line(), Role.SERVICE);
      if (module != null) {
        services.put(each.getKey(), module);
      }
    }
    Map<String, Source.Module> tests = new LinkedHashMap<>();
    for (var each : manifest.tests().entrySet()) {
      Manifest.TestModule test = each.getValue();
      Source.Module module = readModule(test.wasm(), test.line(), Role.TEST);
      if (module != null) {
        tests.put(each.getKey(), module);
      }
    }
    checkGraph(manifest, services, tests);
    Map<String, Source.StoredFile> site = readSite(manifest);
    if (!mistakes.isEmpty()) {
      throw refusal();
    }
    warnOfHiddenFolders(manifest, site);
    warnOfWhatDoesNotRunYet(services);
    return new Source(tree, manifest, services, tests, site, warnings);
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

  private @Nullable Manifest readManifest() throws IOException {
    SourceTree.Entry entry = entries.get(MANIFEST);
    if (entry == null) {
      throw Problem.user(
          422,
          "manifest-missing",
          "There is no " + MANIFEST + " at the root of what was pushed.",
          "Add one that names your modules, at least: [services.hello] wasm = \"hello.wasm\" public"
              + " = true");
    }
    byte[] bytes = readFile(MANIFEST, MAX_MANIFEST_BYTES, MANIFEST);
    if (bytes == null) {
      return null;
    }
    try {
      return ManifestReader.read(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      mistakes.add(MANIFEST + ": is not UTF-8 text");
    } catch (MalformedManifest e) {
      e.mistakes().forEach(each -> mistake(each.line(), each.column(), each.what(), each.next()));
      return e.legible().orElse(null);
    }
    return null;
  }

  private void checkName(Manifest manifest) {
    if (manifest.name() != null && !manifest.name().equals(app.value())) {
      mistakes.add(
          MANIFEST
              + ": name = \""
              + manifest.name()
              + "\", but this is the app \""
              + app
              + "\". Push to the other app's remote, or change the name or leave it out.");
    }
  }

  private Source.@Nullable Module readModule(String path, int line, Role role) throws IOException {
    byte[] bytes = readFile(path, MAX_FILE_BYTES, MANIFEST + ":" + line);
    if (bytes == null) {
      return null;
    }
    try {
      WasmModule wasm = WasmReader.read(bytes);
      Contract contract = Contract.of(wasm, role);
      if (contract.kind() == Contract.Kind.COMMAND) {
        mistakes.add(
            path
                + ": is a command (it exports _start and no methods), which this version of Parigot"
                + " can't run. Build it as a reactor that exports its methods.");
        return null;
      }
      if (role == Role.SERVICE) {
        refuseWhatIsNotProvided(path, wasm);
      }
      return new Source.Module(new Source.StoredFile(entry(path), Digest.sha256(bytes)), contract);
    } catch (MalformedWasm e) {
      mistakes.add(place(path, e.offset()) + e.reason() + lfs(bytes));
    } catch (ContractViolated e) {
      e.violations().forEach(violation -> violated(path, violation));
    }
    return null;
  }

  /** Told at the push, since the launch of such a module could only fail. */
  private void refuseWhatIsNotProvided(String path, WasmModule wasm) {
    Set<String> told = new HashSet<>();
    for (Import each : wasm.imports()) {
      String what = NOT_PROVIDED.get(each.module());
      if (what != null && told.add(each.module())) {
        mistakes.add(
            place(path, each.offset().value())
                + "it imports `"
                + each.module()
                + "`: "
                + what
                + ", which this version of Parigot doesn't provide. Build it without that import.");
      }
    }
  }

  private static String lfs(byte[] bytes) {
    int length = Math.min(bytes.length, LFS.length());
    return new String(bytes, 0, length, StandardCharsets.ISO_8859_1).equals(LFS)
        ? " (a Git LFS pointer: push the file itself, without LFS)"
        : "";
  }

  /** The file's bytes, or null and a mistake. {@code by} is the place that names the file. */
  private byte @Nullable [] readFile(String path, long limit, String by) throws IOException {
    SourceTree.Entry entry = entries.get(path);
    if (entry == null) {
      mistakes.add(by + ": " + absent(path));
    } else if (entry.kind() != SourceTree.Kind.FILE) {
      mistakes.add(path + ": is a " + named(entry.kind()) + "; a file is needed");
    } else if (entry.size() > limit) {
      mistakes.add(
          path
              + ": has "
              + mebibytes(entry.size())
              + "; at most "
              + mebibytes(limit)
              + " are taken");
    } else {
      return tree.read(entry);
    }
    return null;
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

  /** The calls between services; of those modules only that could be read, and whose callees. */
  private void checkGraph(
      Manifest manifest, Map<String, Source.Module> services, Map<String, Source.Module> tests) {
    Set<String> unread = new HashSet<>(manifest.services().keySet());
    unread.removeAll(services.keySet());
    Map<String, Contract> known = contracts(services);
    Map<String, Contract> knownTests = contracts(tests);
    Set<String> unknown = new HashSet<>(unread);
    while (dropCallersOf(unknown, known, unknown)) {
      // A caller of what was dropped is dropped too.
    }
    dropCallersOf(unknown, knownTests, new HashSet<>());
    try {
      ServiceGraph.of(known, knownTests);
    } catch (BrokenGraph e) {
      for (BrokenGraph.Fault fault : e.faults()) {
        violated(path(manifest, fault.service()), fault.violation());
      }
    }
    if (unread.isEmpty()) {
      manifest
          .mistakes(contracts(services))
          .forEach(each -> mistake(each.line(), each.column(), each.what(), each.next()));
    }
  }

  private static boolean dropCallersOf(
      Set<String> unknown, Map<String, Contract> known, Set<String> dropped) {
    List<String> callers =
        known.entrySet().stream()
            .filter(each -> calls(each.getValue(), unknown))
            .map(Map.Entry::getKey)
            .toList();
    known.keySet().removeAll(callers);
    return dropped.addAll(callers);
  }

  private static boolean calls(Contract contract, Set<String> services) {
    return contract.dependencies().stream().map(Dependency::service).anyMatch(services::contains);
  }

  private static Map<String, Contract> contracts(Map<String, Source.Module> modules) {
    Map<String, Contract> contracts = new LinkedHashMap<>();
    modules.forEach((name, module) -> contracts.put(name, module.contract()));
    return contracts;
  }

  private static String path(Manifest manifest, String name) {
    Manifest.Service service = manifest.services().get(name);
    Manifest.TestModule test = manifest.tests().get(name);
    return service != null ? service.wasm() : test != null ? test.wasm() : name;
  }

  private Map<String, Source.StoredFile> readSite(Manifest manifest) throws IOException {
    Map<String, Source.StoredFile> site = new LinkedHashMap<>();
    if (manifest.site() == null) {
      return site;
    }
    String folder = manifest.site().dir().replaceFirst("^(\\./)+", "").replaceFirst("/+$", "");
    String prefix = folder.isEmpty() || folder.equals(".") ? "" : folder + "/";
    List<SourceTree.Entry> files =
        entries.values().stream().filter(entry -> entry.path().startsWith(prefix)).toList();
    for (SourceTree.Entry entry : files) {
      byte[] bytes = readFile(entry.path(), MAX_FILE_BYTES, MANIFEST);
      if (bytes != null) {
        site.put(
            entry.path().substring(prefix.length()),
            new Source.StoredFile(entry, Digest.sha256(bytes)));
      }
    }
    if (files.isEmpty()) {
      mistakes.add(
          MANIFEST
              + ":"
              + manifest.site().line()
              + ": the site's folder "
              + manifest.site().dir()
              + " has no files in what was pushed");
    }
    return site;
  }

  private void warnOfHiddenFolders(Manifest manifest, Map<String, Source.StoredFile> site) {
    for (String name : manifest.services().keySet()) {
      if (site.keySet().stream().anyMatch(path -> path.startsWith(name + "/"))) {
        warnings.add(
            "Warning: the service " + name + " has the name of the site's folder " + name + "/");
      }
    }
  }

  private void warnOfWhatDoesNotRunYet(Map<String, Source.Module> services) {
    services.forEach((name, module) -> {
      if (module.contract().dependencies().stream().anyMatch(Dependency::async)) {
        warnings.add(
            "Warning: "
                + name
                + " starts calls without waiting (parigot:async), which this version of Parigot"
                + " refuses when it runs");
      }
    });
  }

  private void mistake(int line, int column, String what, String next) {
    mistakes.add(
        MANIFEST + ":" + line + ":" + column + ": " + what + (next.isEmpty() ? "" : " " + next));
  }

  private void violated(String path, Violation violation) {
    String next = violation.next().isEmpty() ? "" : " " + violation.next();
    mistakes.add(place(path, violation.offset()) + violation.what() + next);
  }

  private static String place(String path, long offset) {
    return offset < 0 ? path + ": " : path + ": offset 0x" + Long.toHexString(offset) + ": ";
  }

  private SourceTree.Entry entry(String path) {
    SourceTree.Entry entry = entries.get(path);
    if (entry == null) {
      throw new IllegalStateException("no entry " + path);
    }
    return entry;
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
