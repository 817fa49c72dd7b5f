package dev.parigot.engine;

import dev.parigot.contract.Contract;
import dev.parigot.contract.ContractViolated;
import dev.parigot.contract.Role;
import dev.parigot.wasm.Export;
import dev.parigot.wasm.ExternalKind;
import dev.parigot.wasm.ExternalType;
import dev.parigot.wasm.Import;
import dev.parigot.wasm.MalformedWasm;
import dev.parigot.wasm.MemoryLimits;
import dev.parigot.wasm.Offset;
import dev.parigot.wasm.WasmModule;
import dev.parigot.wasm.WasmReader;
import dev.parigot.wasm.WasmWriter;
import java.util.List;
import java.util.stream.Stream;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.io.ByteSequence;

/**
 * A module made ready to be instantiated: limits written in, parsed once, its compiled code shared
 * by all instances. It lives as long as somebody holds it or one of its instances.
 */
public final class Code {
  /**
   * The name under which a start function is exported instead. A start function runs while nothing
   * of its instance can be reached yet, its memory neither: its imports could not do their work.
   */
  static final String START = "parigot start";

  private final String digest;
  private final Limits limits;
  private final Contract contract;
  private final List<Import> imports;
  private final Source source;
  private final boolean starts;
  private final boolean wide;

  private Code(
      String digest,
      Limits limits,
      Contract contract,
      List<Import> imports,
      Source source,
      boolean starts,
      boolean wide) {
    this.digest = digest;
    this.limits = limits;
    this.contract = contract;
    this.imports = imports;
    this.source = source;
    this.starts = starts;
    this.wide = wide;
  }

  static Code of(String digest, byte[] file, Limits limits, Role role) {
    try {
      WasmModule module = WasmReader.read(file);
      Contract contract = Contract.of(module, role);
      byte[] edited = WasmWriter.write(exportStart(capped(module, limits)));
      Source source = Source.newBuilder("wasm", ByteSequence.create(edited), digest).buildLiteral();
      boolean wide = module.memories().stream().anyMatch(ExternalType.OfMemory::isWide);
      return new Code(
          digest, limits, contract, module.imports(), source, module.start() != null, wide);
    } catch (MalformedWasm | ContractViolated e) {
      throw new CannotStart(String.valueOf(e.getMessage()));
    }
  }

  private static WasmModule capped(WasmModule module, Limits limits) {
    return switch (MemoryLimits.cap(module, limits.memoryBytes())) {
      case MemoryLimits.Outcome.Capped capped -> capped.module();
      case MemoryLimits.Outcome.TooBig big -> throw new CannotStart(big.reason());
    };
  }

  private static WasmModule exportStart(WasmModule module) {
    Integer start = module.start();
    if (start == null) {
      return module;
    }
    Export export = new Export(START, ExternalKind.FUNCTION, start, Offset.NONE);
    return new WasmModule(
        module.types(),
        module.imports(),
        module.functions(),
        module.tables(),
        module.memories(),
        module.globals(),
        Stream.concat(module.exports().stream(), Stream.of(export)).toList(),
        null,
        module.elements(),
        module.data(),
        module.dataCount(),
        module.customs());
  }

  /** Of the module as it was uploaded. */
  public String digest() {
    return digest;
  }

  public Limits limits() {
    return limits;
  }

  public Contract contract() {
    return contract;
  }

  List<Import> imports() {
    return imports;
  }

  Source source() {
    return source;
  }

  /** Whether it has a 64-bit memory. */
  boolean isWide() {
    return wide;
  }

  /** Whether there is a function to call under the name {@link #START}. */
  boolean starts() {
    return starts;
  }
}
