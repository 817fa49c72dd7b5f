package dev.parigot.contract;

import dev.parigot.wasm.WasmModule;
import java.util.List;
import java.util.Optional;

/**
 * What a module offers and needs.
 *
 * @param methods what can be called from outside, in the order of the exports; none for a command
 * @param notCallable a plain module's other exports
 * @param dependencies the calls that it can make to other services, each once
 * @param capabilities the import modules of the ABI that it uses, services left out, sorted
 * @param initializes whether it has an {@code _initialize} to run first
 */
public record Contract(
    Kind kind,
    List<Method> methods,
    List<String> notCallable,
    List<Dependency> dependencies,
    List<String> capabilities,
    boolean initializes) {
  public Contract {
    methods = List.copyOf(methods);
    notCallable = List.copyOf(notCallable);
    dependencies = List.copyOf(dependencies);
    capabilities = List.copyOf(capabilities);
  }

  /** What a module is, by what it exports. */
  public enum Kind {
    /** Instances live across calls; methods take and give bytes. */
    SERVICE,
    /** Run once per HTTP request, as CGI. */
    COMMAND,
    /** Functions over numbers. */
    PLAIN
  }

  /**
   * Reads the contract of a module.
   *
   * @throws ContractViolated with everything that is wrong with it
   */
  public static Contract of(WasmModule module, Role role) {
    return new ContractReader(module, role).read();
  }

  public Optional<Method> method(String name) {
    return methods.stream().filter(each -> each.name().equals(name)).findFirst();
  }
}
