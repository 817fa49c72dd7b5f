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
import dev.parigot.wasm.WasmModule;
import dev.parigot.wasm.WasmReader;
import dev.parigot.wasm.WasmValidator;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a blueprint. Goes on after a mistake as far as that makes sense, so that all mistakes are
 * told at once.
 */
final class BlueprintReader {
  /** The cure of a module that is no valid one. */
  private static final String REBUILD =
      "Build it anew; if that gives the same, try another version of the tool that wrote it.";

  private final Blueprint.Files files;
  private final List<String> mistakes = new ArrayList<>();
  private final Map<String, Blueprint.Part> services = new LinkedHashMap<>();
  private final Map<String, Blueprint.Part> tests = new LinkedHashMap<>();

  BlueprintReader(Blueprint.Files files) {
    this.files = files;
  }

  Blueprint read() {
    Manifest manifest = manifest();
    if (manifest == null) {
      throw new MalformedApp(mistakes, null);
    }
    manifest
        .services()
        .forEach((name, service) ->
            part(services, name, service.wasm(), service.line(), service.memoryBytes()));
    manifest.tests().forEach((name, test) -> part(tests, name, test.wasm(), test.line(), null));
    checkSite(manifest.site());
    checkGraph(manifest);
    Blueprint blueprint = new Blueprint(manifest, services, tests);
    if (!mistakes.isEmpty()) {
      throw new MalformedApp(mistakes, blueprint);
    }
    return blueprint;
  }

  private @Nullable Manifest manifest() {
    try {
      byte[] bytes = files.read(MANIFEST);
      return ManifestReader.read(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (Blueprint.Unreadable e) {
      mistakes.add(String.valueOf(e.getMessage()));
    } catch (CharacterCodingException e) {
      mistakes.add(MANIFEST + ": is not UTF-8 text");
    } catch (MalformedManifest e) {
      e.mistakes().forEach(this::mistaken);
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
        mistakes.add(path + ": " + big.reason());
      }
      Role role = parts == tests ? Role.TEST : Role.SERVICE;
      parts.put(name, new Blueprint.Part(path, Contract.of(module, role)));
    } catch (Blueprint.Unreadable e) {
      mistakes.add(MANIFEST + ":" + line + ": " + e.getMessage());
    } catch (MalformedWasm e) {
      String next = e.next().isEmpty() ? REBUILD : e.next();
      mistakes.add(place(path, e.offset()) + e.reason() + ". " + next);
    } catch (ContractViolated e) {
      e.violations().forEach(violation -> violated(path, violation));
    }
  }

  private void checkSite(Manifest.@Nullable Site site) {
    if (site != null && !files.anyIn(site.dir())) {
      mistakes.add(
          MANIFEST + ":" + site.line() + ": the site's folder " + site.dir() + " has no files");
    }
  }

  /** Looks at the calls between the modules that could be read, and whose callees could. */
  private void checkGraph(Manifest manifest) {
    Set<String> unread = new HashSet<>(manifest.services().keySet());
    unread.removeAll(services.keySet());
    Map<String, Contract> known = Blueprint.contracts(services);
    Map<String, Contract> knownTests = Blueprint.contracts(tests);
    Set<String> unknown = new HashSet<>(unread);
    while (unknown.addAll(dropCallersOf(unknown, known))) {
      // A caller of what was dropped is dropped too.
    }
    dropCallersOf(unknown, knownTests);
    if (unread.isEmpty()) {
      manifest.mistakes(Blueprint.contracts(services)).forEach(this::mistaken);
    }
    try {
      ServiceGraph.of(known, knownTests);
    } catch (BrokenGraph e) {
      e.faults().forEach(fault -> violated(path(fault.service()), fault.violation()));
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

  private String path(String name) {
    Blueprint.Part part = services.containsKey(name) ? services.get(name) : tests.get(name);
    return part == null ? name : part.path();
  }

  private void mistaken(Mistake mistake) {
    mistakes.add(
        MANIFEST
            + ":"
            + mistake.line()
            + ":"
            + mistake.column()
            + ": "
            + mistake.what()
            + (mistake.next().isEmpty() ? "" : " " + mistake.next()));
  }

  private void violated(String path, Violation violation) {
    String next = violation.next().isEmpty() ? "" : ". " + violation.next();
    mistakes.add(place(path, violation.offset()) + violation.what() + next);
  }

  private static String place(String path, long offset) {
    return offset < 0 ? path + ": " : path + ": offset 0x" + Long.toHexString(offset) + ": ";
  }
}
