package dev.parigot.local;

import dev.parigot.contract.Contract;
import dev.parigot.contract.Role;
import dev.parigot.contract.ServiceGraph;
import dev.parigot.engine.Code;
import dev.parigot.engine.Engine;
import dev.parigot.engine.Limits;
import dev.parigot.manifest.Blueprint;
import dev.parigot.manifest.Manifest;
import dev.parigot.wasm.Bytes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * An app whose modules are ready to be instantiated.
 *
 * @param modules services and test modules by name, in the order of the manifest
 */
public record AppCode(Manifest manifest, Map<String, Code> modules) {
  public AppCode {
    modules = Collections.unmodifiableMap(new LinkedHashMap<>(modules));
  }

  /** Throws {@link Blueprint.Unreadable} if a file can't be read any more. */
  public static AppCode load(Engine engine, Blueprint app, Blueprint.Files files)
      throws Blueprint.Unreadable {
    Map<String, Code> modules = new LinkedHashMap<>();
    for (Map.Entry<String, Manifest.Service> each : app.manifest().services().entrySet()) {
      Limits limits = Limits.DEFAULT.withMemory(each.getValue().memoryBytes());
      byte[] file = files.read(each.getValue().wasm());
      modules.put(each.getKey(), engine.code(digest(file), file, limits));
    }
    for (Map.Entry<String, Manifest.TestModule> each : app.manifest().tests().entrySet()) {
      byte[] file = files.read(each.getValue().wasm());
      modules.put(each.getKey(), engine.code(digest(file), file, Limits.DEFAULT, Role.TEST));
    }
    return new AppCode(app.manifest(), modules);
  }

  /** One of them. */
  Code module(String name) {
    return Objects.requireNonNull(modules.get(name), name);
  }

  /** Their names, each after those that it calls. */
  List<String> order() {
    Map<String, Contract> services = new LinkedHashMap<>();
    Map<String, Contract> tests = new LinkedHashMap<>();
    modules.forEach((name, code) ->
        (manifest.tests().containsKey(name) ? tests : services).put(name, code.contract()));
    List<String> order = new ArrayList<>(ServiceGraph.of(services, tests).order());
    order.addAll(tests.keySet());
    return order;
  }

  private static String digest(byte[] file) {
    return Bytes.of(file).digest();
  }
}
