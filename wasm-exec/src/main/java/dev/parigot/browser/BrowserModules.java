package dev.parigot.browser;

import dev.parigot.contract.Contract;
import dev.parigot.contract.Contract.Kind;
import dev.parigot.contract.Role;
import dev.parigot.contract.ServiceGraph;
import dev.parigot.wasm.Bytes;
import dev.parigot.wasm.MemoryLimits;
import dev.parigot.wasm.WasmModule;
import dev.parigot.wasm.WasmReader;
import dev.parigot.wasm.WasmWriter;
import dev.parigot.wind.CannotWind;
import dev.parigot.wind.Options;
import dev.parigot.wind.Part;
import dev.parigot.wind.Wind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The modules of an app as a browser runs them, callees first. */
final class BrowserModules {
  /** The name under which the start function of a command is exported instead. */
  private static final String START = "parigot start";

  private final Map<String, Module> modules = new LinkedHashMap<>();

  /**
   * A module.
   *
   * @param file as it was pushed
   * @param part with its limits written in
   */
  record Module(byte[] file, Part part) {
    Contract contract() {
      return part.contract();
    }

    private boolean isCommand() {
      return contract().kind() == Kind.COMMAND;
    }

    /**
     * What a browser runs that has one memory a module: a command as it is, any other wound alone,
     * so that its imports and exports have the names that they have when all are wound together.
     */
    byte[] alone() {
      return isCommand()
          ? WasmWriter.write(part.module().withStartExported(START))
          : Wind.wind(List.of(part)).module();
    }
  }

  /** What is to become one: a file, its role, and the most memory that it may have. */
  record Input(byte[] file, Role role, long memoryBytes) {}

  /** {@code inputs} are by name. */
  BrowserModules(Map<String, Input> inputs) {
    Map<String, Module> read = new LinkedHashMap<>();
    Map<String, Contract> services = new LinkedHashMap<>();
    Map<String, Contract> tests = new LinkedHashMap<>();
    inputs.forEach((name, input) -> {
      Module module = read(name, input);
      read.put(name, module);
      (input.role() == Role.TEST ? tests : services).put(name, module.contract());
    });
    List<String> order = new ArrayList<>(ServiceGraph.of(services, tests).order());
    order.addAll(tests.keySet());
    order.forEach(name -> modules.put(name, Objects.requireNonNull(read.get(name))));
  }

  private static Module read(String name, Input input) {
    WasmModule module = WasmReader.read(input.file());
    Contract contract = Contract.of(module, input.role());
    WasmModule limited =
        switch (MemoryLimits.cap(module, input.memoryBytes())) {
          case MemoryLimits.Outcome.Capped capped -> capped.module();
          case MemoryLimits.Outcome.TooBig big ->
              throw new IllegalArgumentException(name + ": " + big.reason());
        };
    String digest = Bytes.of(input.file()).digest();
    return new Module(input.file(), new Part(name, digest, contract, limited));
  }

  Map<String, Module> byName() {
    return modules;
  }

  /**
   * All in one, but for commands, telling of the calls inside of it; null if there is nothing else,
   * or more than one module may be.
   */
  byte @Nullable [] wound() {
    List<Part> parts =
        modules.values().stream().filter(each -> !each.isCommand()).map(Module::part).toList();
    try {
      return parts.isEmpty() ? null : Wind.wind(parts, new Options(true)).module();
    } catch (CannotWind e) {
      return null;
    }
  }
}
