package dev.parigot.local;

import dev.parigot.contract.Contract;
import dev.parigot.contract.Contract.Kind;
import dev.parigot.contract.Role;
import dev.parigot.contract.ServiceGraph;
import dev.parigot.engine.Code;
import dev.parigot.engine.Engine;
import dev.parigot.engine.Limits;
import dev.parigot.manifest.Blueprint;
import dev.parigot.manifest.Manifest;
import dev.parigot.wasm.Bytes;
import dev.parigot.wasm.WasmModule;
import dev.parigot.wasm.WasmReader;
import dev.parigot.wind.Part;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * An app whose modules are ready to be instantiated.
 *
 * @param programs what is instantiated, in the order of the manifest; each service and test module
 *     is in one
 */
public record AppCode(Manifest manifest, List<Program> programs) {
  public AppCode {
    programs = List.copyOf(programs);
  }

  /**
   * What is instantiated together: a module, or several that were wound.
   *
   * @param services what its instances are instances of, with what each offers; callees first
   */
  public record Program(Code code, Map<String, Contract> services) {
    private Program(String service, Code code) {
      this(code, Map.of(service, code.contract()));
    }
  }

  /** Where the files of its modules are read. */
  private record Files(Manifest manifest, Map<String, byte[]> modules) {
    Limits limits(String module) {
      Manifest.Service service = manifest.services().get(module);
      return service == null ? Limits.DEFAULT : Limits.DEFAULT.withMemory(service.memoryBytes());
    }

    Role role(String module) {
      return manifest.tests().containsKey(module) ? Role.TEST : Role.SERVICE;
    }

    byte[] file(String module) {
      return Objects.requireNonNull(modules.get(module), module);
    }

    Program alone(Engine engine, String module) {
      byte[] file = file(module);
      return new Program(
          module, engine.repeatable(Bytes.of(file).digest(), file, limits(module), role(module)));
    }

    Part part(String module) {
      byte[] file = file(module);
      WasmModule read = WasmReader.read(file);
      return new Part(module, Bytes.of(file).digest(), Contract.of(read, role(module)), read);
    }
  }

  /**
   * Each module for itself.
   *
   * @param modules the files of the services and test modules, by name
   */
  public static AppCode of(Engine engine, Manifest manifest, Map<String, byte[]> modules) {
    Files files = new Files(manifest, modules);
    return new AppCode(
        manifest, modules.keySet().stream().map(name -> files.alone(engine, name)).toList());
  }

  /** As {@link #of}, with all but the commands wound into one. */
  public static AppCode wound(Engine engine, Manifest manifest, Map<String, byte[]> modules) {
    Files files = new Files(manifest, modules);
    Map<String, Part> parts = new LinkedHashMap<>();
    Map<String, Contract> contracts = new LinkedHashMap<>();
    for (String name : modules.keySet()) {
      Part part = files.part(name);
      parts.put(name, part);
      contracts.put(name, part.contract());
    }
    List<Program> programs = new ArrayList<>();
    List<Part> together = new ArrayList<>();
    Map<String, Limits> limits = new LinkedHashMap<>();
    Map<String, Contract> services = new LinkedHashMap<>();
    for (String name : order(manifest, contracts)) {
      Part part = Objects.requireNonNull(parts.get(name));
      if (part.contract().kind() == Kind.COMMAND) {
        programs.add(files.alone(engine, name));
      } else {
        together.add(part);
        limits.put(name, files.limits(name));
        services.put(name, part.contract());
      }
    }
    if (!together.isEmpty()) {
      programs.addFirst(new Program(engine.repeatablyWound(together, limits), services));
    }
    return new AppCode(manifest, programs);
  }

  /** Throws {@link Blueprint.Unreadable} if a file can't be read any more. */
  public static AppCode load(Engine engine, Blueprint app, Blueprint.Files files)
      throws Blueprint.Unreadable {
    return of(engine, app.manifest(), read(app, files));
  }

  /** As {@link #load}, wound. */
  public static AppCode loadWound(Engine engine, Blueprint app, Blueprint.Files files)
      throws Blueprint.Unreadable {
    return wound(engine, app.manifest(), read(app, files));
  }

  private static Map<String, byte[]> read(Blueprint app, Blueprint.Files files)
      throws Blueprint.Unreadable {
    Map<String, byte[]> modules = new LinkedHashMap<>();
    for (Map.Entry<String, Manifest.Service> each : app.manifest().services().entrySet()) {
      modules.put(each.getKey(), files.read(each.getValue().wasm()));
    }
    for (Map.Entry<String, Manifest.TestModule> each : app.manifest().tests().entrySet()) {
      modules.put(each.getKey(), files.read(each.getValue().wasm()));
    }
    return modules;
  }

  /** What a service or test module offers. */
  public Contract contract(String name) {
    return Objects.requireNonNull(contracts().get(name), name);
  }

  private Map<String, Contract> contracts() {
    Map<String, Contract> contracts = new LinkedHashMap<>();
    programs.forEach(program -> contracts.putAll(program.services()));
    return contracts;
  }

  /** The programs, each after those that it calls. */
  public List<Program> order() {
    Map<String, Program> housed = new LinkedHashMap<>();
    programs.forEach(
        program -> program.services().keySet().forEach(name -> housed.put(name, program)));
    LinkedHashSet<Program> order = new LinkedHashSet<>();
    order(manifest, contracts())
        .forEach(name -> order.add(Objects.requireNonNull(housed.get(name))));
    return List.copyOf(order);
  }

  /** The names of the modules, each after those that it calls. */
  private static List<String> order(Manifest manifest, Map<String, Contract> modules) {
    Map<String, Contract> services = new LinkedHashMap<>();
    Map<String, Contract> tests = new LinkedHashMap<>();
    modules.forEach((name, contract) ->
        (manifest.tests().containsKey(name) ? tests : services).put(name, contract));
    List<String> order = new ArrayList<>(ServiceGraph.of(services, tests).order());
    order.addAll(tests.keySet());
    return order;
  }
}
