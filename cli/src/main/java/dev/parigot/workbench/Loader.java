package dev.parigot.workbench;

import dev.parigot.contract.Contract;
import dev.parigot.engine.CannotStart;
import dev.parigot.engine.Code;
import dev.parigot.engine.Engine;
import dev.parigot.engine.Instance;
import dev.parigot.engine.Limits;
import dev.parigot.engine.Tenant;
import dev.parigot.manifest.Blueprint;
import dev.parigot.manifest.Manifest;
import dev.parigot.situation.Situation;
import dev.parigot.source.SourceLines;
import dev.parigot.wasm.Bytes;
import dev.parigot.wasm.WasmReader;
import dev.parigot.wind.Options;
import dev.parigot.wind.Part;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/**
 * Makes a program of an app's modules: all its instances are made here.
 *
 * @param elsewhere services that don't run here
 * @param situation what the instances reach
 */
record Loader(
    Conduct conduct,
    Blueprint app,
    Blueprint.Files files,
    Set<String> elsewhere,
    Situation situation) {
  private static final long PAGE = 1 << 16;

  /**
   * Throws {@link Blueprint.Unreadable} if a file can't be read any more, {@link CannotStart} if
   * the engine can't run it.
   */
  Program load() throws Blueprint.Unreadable {
    Conduct.Lease lease = conduct.engine();
    try {
      return new Program(conduct.winds() ? wound(lease) : unwound(lease.engine()), lease);
    } catch (Blueprint.Unreadable | CannotStart e) {
      lease.close();
      throw e;
    }
  }

  /**
   * Commands, which are run once an instance, are each for itself. The engine may still be starting
   * while the modules are read.
   */
  private Map<String, Pool> wound(Conduct.Lease lease) throws Blueprint.Unreadable {
    List<Part> parts = new ArrayList<>();
    Map<String, Limits> limits = new LinkedHashMap<>();
    Map<String, SourceLines> lines = new LinkedHashMap<>();
    List<String> commands = new ArrayList<>();
    int most = Integer.MAX_VALUE;
    for (String name : here()) {
      if (part(name).contract().kind() == Contract.Kind.COMMAND) {
        commands.add(name);
      } else {
        byte[] file = files.read(part(name).path());
        parts.add(
            new Part(name, Bytes.of(file).digest(), part(name).contract(), WasmReader.read(file)));
        limits.put(name, limits(name));
        SourceLines own = lines(part(name).path(), file);
        if (!own.isEmpty()) {
          lines.put(name, own);
        }
        most = Math.min(most, most(name));
      }
    }
    Engine engine = lease.engine();
    Map<String, Pool> homes = new LinkedHashMap<>();
    if (!parts.isEmpty()) {
      List<String> names = parts.stream().map(Part::name).toList();
      Code code = engine.wound(parts, limits, Options.DEFAULT, lines);
      Pool pool = pool(most, number -> engine.instantiate(code, tenants(names, number)));
      names.forEach(name -> homes.put(name, pool));
    }
    for (String name : commands) {
      homes.put(name, alone(engine, name));
    }
    return homes;
  }

  /** Each service in instances of its own, as on the platform. */
  private Map<String, Pool> unwound(Engine engine) throws Blueprint.Unreadable {
    Map<String, Pool> homes = new LinkedHashMap<>();
    for (String name : here()) {
      homes.put(name, alone(engine, name));
    }
    return homes;
  }

  private Pool alone(Engine engine, String name) throws Blueprint.Unreadable {
    byte[] file = files.read(part(name).path());
    String digest = Bytes.of(file).digest();
    SourceLines lines = conduct.leavesTrails() ? lines(part(name).path(), file) : SourceLines.NONE;
    Code code =
        lines.isEmpty()
            ? engine.code(digest, file, limits(name))
            : engine.traced(digest, file, limits(name), lines);
    return pool(
        most(name), number -> engine.instantiate(code, name, name + "-" + number, situation));
  }

  private SourceLines lines(String module, byte[] file) {
    return SourceLines.of(file, name -> beside(module, name));
  }

  /** A file of the app that a module names, as seen from where the module lies. */
  private Optional<byte[]> beside(String module, String name) {
    try {
      Path path = Path.of(module).resolveSibling(name).normalize();
      return path.isAbsolute() || path.startsWith("..")
          ? Optional.empty()
          : Optional.of(files.read(path.toString()));
    } catch (Blueprint.Unreadable | InvalidPathException e) {
      return Optional.empty();
    }
  }

  private Pool pool(int most, IntFunction<Instance> maker) {
    AtomicInteger made = new AtomicInteger();
    return new Pool(most, () -> maker.apply(made.incrementAndGet()), situation.time());
  }

  private List<Tenant> tenants(List<String> names, int number) {
    return names.stream().map(name -> new Tenant(name, name + "-" + number, situation)).toList();
  }

  /** The services that run here, callees first. */
  private List<String> here() {
    return app.graph().order().stream()
        .filter(name -> app.services().containsKey(name) && !elsewhere.contains(name))
        .toList();
  }

  private Blueprint.Part part(String name) {
    return Objects.requireNonNull(app.services().get(name), name);
  }

  private Manifest.Service declared(String name) {
    return Objects.requireNonNull(app.manifest().services().get(name), name);
  }

  private int most(String name) {
    return conduct.most(declared(name));
  }

  private Limits limits(String name) {
    return Limits.DEFAULT.withMemory(Math.ceilDiv(declared(name).memoryBytes(), PAGE) * PAGE);
  }
}
