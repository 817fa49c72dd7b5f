package dev.parigot.wind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.parigot.contract.Contract;
import dev.parigot.contract.Contract.Kind;
import dev.parigot.contract.ContractViolated;
import dev.parigot.contract.Role;
import dev.parigot.wasm.Assembler;
import dev.parigot.wasm.Bytes;
import dev.parigot.wasm.ElementSegment;
import dev.parigot.wasm.Export;
import dev.parigot.wasm.Expression;
import dev.parigot.wasm.ExternalKind;
import dev.parigot.wasm.ExternalType;
import dev.parigot.wasm.Function;
import dev.parigot.wasm.FunctionType;
import dev.parigot.wasm.Import;
import dev.parigot.wasm.Limits;
import dev.parigot.wasm.MalformedWasm;
import dev.parigot.wasm.Offset;
import dev.parigot.wasm.ValueType;
import dev.parigot.wasm.WasmModule;
import dev.parigot.wasm.WasmReader;
import dev.parigot.wasm.WasmValidator;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is cut off or changed in a module: it is refused, or it winds to a valid one. */
class CorruptPartsTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** Bytes of heap for a byte of the file, of which most do not outlive the winding. */
  private static final int MOST_PER_BYTE = 500;

  private static final int PLACES = 24;
  private static final int[] TELLING = {0x00, 0x01, 0x0b, 0x40, 0x7f, 0x80, 0xff};
  private static final FunctionType ALLOC =
      new FunctionType(List.of(ValueType.I32), List.of(ValueType.I32));
  private static final FunctionType METHOD =
      new FunctionType(List.of(ValueType.I32, ValueType.I32), List.of(ValueType.I64));
  private static final int CALLS = 10_000;
  private static final List<String> METHODS =
      IntStream.range(0, CALLS).mapToObj(each -> "method" + each).toList();
  private static final Part PARTNER = service("partner", List.of());

  private int refused;
  private int wound;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "src/test/resources/dev/parigot/wasm/features.wasm",
        "corpus/build/tables.wasm",
        "corpus/build/memories.wasm",
        "corpus/build/begun.wasm",
        "corpus/build/constants.wasm"
      })
  void everyTruncationAndManyCorruptionsOfASmallModule(String path) throws IOException {
    byte[] file = Files.readAllBytes(Path.of(path));
    for (int length = 0; length < file.length; length++) {
      wind(Arrays.copyOf(file, length));
    }
    assertThat(refused).isGreaterThan(file.length * 9 / 10);
    for (int at = 0; at < file.length; at++) {
      for (int value : TELLING) {
        wind(changed(file, at, value));
      }
      wind(changed(file, at, file[at] + 1));
      wind(changed(file, at, file[at] - 1));
    }
    assertThat(wound).isPositive();
  }

  @Test
  void someTruncationsAndCorruptionsOfAllModulesOfTheCorpus() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("corpus/build"))) {
      for (Path each : files.sorted().toList()) {
        byte[] file = Files.readAllBytes(each);
        int stride = Math.max(1, file.length / (file.length < 1 << 15 ? PLACES : PLACES / 8));
        for (int at = stride / 2; at < file.length; at += stride) {
          wind(Arrays.copyOf(file, at));
          wind(changed(file, at, TELLING[at % TELLING.length]));
        }
      }
    }
    assertThat(refused).isPositive();
    assertThat(wound).isPositive();
  }

  @Test
  void tenThousandCallsTakeHeapInProportion() {
    ExternalType method = new ExternalType.OfFunction(1);
    List<Import> imports =
        METHODS.stream()
            .map(name -> new Import("parigot:service/partner", name, method, Offset.NONE))
            .toList();
    Part caller = service("caller", imports);
    long before = THREADS.getCurrentThreadAllocatedBytes();
    byte[] file = Wind.wind(List.of(PARTNER, caller)).module();
    long taken = THREADS.getCurrentThreadAllocatedBytes() - before;
    WasmModule module = WasmReader.read(file);
    assertThat(module.imports()).isEmpty();
    assertThat(module.functions()).hasSizeGreaterThan(CALLS);
    assertThat(taken).isLessThan((long) MOST_PER_BYTE * file.length);
  }

  @Test
  void modulesThatAreTooMuchForOneAreRefused() {
    Expression nothing =
        new Expression(Bytes.of((byte) 0xd0, (byte) 0x70, (byte) 0x0b), Offset.NONE);
    ElementSegment segment =
        new ElementSegment(
            new ElementSegment.Mode.Passive(),
            ValueType.FUNCREF,
            new ElementSegment.Items.Expressions(Collections.nCopies(600_000, nothing)));
    WasmModule half = module(List.of(), List.of(), List.of(), List.of(segment));
    assertThatThrownBy(() -> Wind.wind(List.of(plain("one", half), plain("two", half))))
        .isInstanceOf(CannotWind.class)
        .hasMessageContaining("the modules are too much for one")
        .hasMessageContaining("elements are more than the limit of");
  }

  /** Answers nothing, by each of {@link #METHODS}. */
  private static Part service(String name, List<Import> imports) {
    int first = imports.size();
    List<Export> exports = new ArrayList<>();
    exports.add(new Export("memory", ExternalKind.MEMORY, 0, Offset.NONE));
    exports.add(new Export("parigot_alloc", ExternalKind.FUNCTION, first, Offset.NONE));
    METHODS.forEach(
        each -> exports.add(new Export(each, ExternalKind.FUNCTION, first + 1, Offset.NONE)));
    List<Function> functions =
        List.of(
            new Function(0, new Assembler(1).emit("i32.const", 8).function()),
            new Function(1, new Assembler(2).emit("i64.const", 0).function()));
    WasmModule module = module(imports, functions, exports, List.of());
    return new Part(name, "sha256:2", Contract.of(module, Role.SERVICE), module);
  }

  private static WasmModule module(
      List<Import> imports,
      List<Function> functions,
      List<Export> exports,
      List<ElementSegment> elements) {
    return new WasmModule(
        List.of(ALLOC, METHOD),
        imports,
        functions,
        List.of(),
        List.of(new ExternalType.OfMemory(new Limits(1, null))),
        List.of(),
        exports,
        null,
        elements,
        List.of(),
        false,
        List.of());
  }

  private static byte[] changed(byte[] file, int at, int value) {
    byte[] changed = file.clone();
    changed[at] = (byte) value;
    return changed;
  }

  private void wind(byte[] file) {
    try {
      WasmModule module = WasmReader.read(file);
      WasmValidator.validate(module);
      Part part = part(module);
      WasmValidator.validate(WasmReader.read(Wind.wind(List.of(PARTNER, part)).module()));
      wound++;
    } catch (MalformedWasm | CannotWind _) {
      refused++;
    }
  }

  /** As the contract has it, or plain if that refuses it, so that winding sees it all the same. */
  private static Part part(WasmModule module) {
    try {
      Contract contract = Contract.of(module, Role.SERVICE);
      return new Part("corrupt", "sha256:1", contract, module);
    } catch (ContractViolated _) {
      return plain("corrupt", module);
    }
  }

  private static Part plain(String name, WasmModule module) {
    Contract contract = new Contract(Kind.PLAIN, List.of(), List.of(), List.of(), List.of(), false);
    return new Part(name, "sha256:1", contract, module);
  }
}
