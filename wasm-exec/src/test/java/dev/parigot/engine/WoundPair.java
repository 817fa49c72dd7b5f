package dev.parigot.engine;

import dev.parigot.contract.Contract;
import dev.parigot.contract.Contract.Kind;
import dev.parigot.contract.ContractViolated;
import dev.parigot.contract.Role;
import dev.parigot.wasm.WasmModule;
import dev.parigot.wasm.WasmReader;
import dev.parigot.wasm.WasmValidator;
import dev.parigot.wind.Part;
import dev.parigot.wind.Wind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A module, called {@code subject}, wound with a partner. */
record WoundPair(byte[] file, boolean called) {
  static final Path CORPUS = Path.of("corpus");

  /**
   * With the partner that calls its {@code run}, if it is a service, else with one that doesn't.
   */
  static WoundPair of(WasmModule subject) {
    Contract contract = contract(subject);
    boolean called = contract.kind() == Kind.SERVICE && contract.method("run").isPresent();
    WasmModule partner = read(called ? "partner.wasm" : "alone.wasm");
    Part second = new Part("partner", "sha256:2", Contract.of(partner, Role.SERVICE), partner);
    Part first = new Part("subject", "sha256:1", contract, subject);
    byte[] file = Wind.wind(List.of(first, second)).module();
    WasmValidator.validate(WasmReader.read(file));
    return new WoundPair(file, called);
  }

  /** Of a module that the platform would refuse, that of a plain module: winding is no judge. */
  private static Contract contract(WasmModule module) {
    try {
      Contract contract = Contract.of(module, Role.SERVICE);
      if (contract.kind() != Kind.COMMAND) {
        return contract;
      }
    } catch (ContractViolated _) {
      // It imports what nothing provides, or is no service although it looks like one.
    }
    boolean initializes =
        module
            .exportedFunction("_initialize")
            .filter(type -> type.params().isEmpty() && type.results().isEmpty())
            .isPresent();
    return new Contract(Kind.PLAIN, List.of(), List.of(), List.of(), List.of(), initializes);
  }

  private static WasmModule read(String name) {
    try {
      return WasmReader.read(Files.readAllBytes(CORPUS.resolve("build").resolve(name)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
