package dev.parigot.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parigot.contract.Contract;
import dev.parigot.contract.Role;
import dev.parigot.situation.Call;
import dev.parigot.situation.Situation;
import dev.parigot.source.SourceLines;
import dev.parigot.wasm.Bytes;
import dev.parigot.wasm.Trail;
import dev.parigot.wasm.WasmReader;
import dev.parigot.wasm.WasmValidator;
import dev.parigot.wasm.WasmWriter;
import dev.parigot.wind.Options;
import dev.parigot.wind.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines of the source in what is told of a trap. */
class TrailTest {
  private static byte[] module(int dwarf) throws IOException {
    return Files.readAllBytes(Path.of("src/test/resources/traced/price-" + dwarf + ".wasm"));
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5})
  void aTrapTellsTheLineOfEachFunctionOfTheStack(int dwarf) throws IOException {
    byte[] file = module(dwarf);
    Code code =
        Guests.ENGINE.traced(Bytes.of(file).digest(), file, Limits.DEFAULT, SourceLines.of(file));
    assertThat(called(code, "price", "[0]"))
        .isEqualTo(
            new CallOutcome.Trapped(
                "integer divide by zero\n  at price (price.c:5)\n  at total (price.c:10)"));
    assertThat(called(code, "price", "[9]"))
        .isInstanceOfSatisfying(
            CallOutcome.Returned.class,
            returned -> assertThat(returned.response()).isEqualTo("[990]".getBytes(UTF_8)));
  }

  @Test
  void soItDoesByASourceMap() throws IOException {
    Path folder = Path.of("src/test/resources/traced");
    byte[] file = Files.readAllBytes(folder.resolve("price-ts.wasm"));
    SourceLines lines = SourceLines.of(file, name -> read(folder.resolve(name)));
    Code code = Guests.ENGINE.traced(Bytes.of(file).digest(), file, Limits.DEFAULT, lines);
    assertThat(called(code, "price", "[0]"))
        .isEqualTo(
            new CallOutcome.Trapped(
                "integer divide by zero\n  at price/price (price.ts:5)\n  at total"
                    + " (price.ts:10)"));
    assertThat(called(code, "price", "[1001]"))
        .isEqualTo(
            new CallOutcome.Trapped(
                "unreachable\n  at price/price (price.ts:4)\n  at total (price.ts:10)"));
  }

  private static Optional<byte[]> read(Path file) {
    try {
      return Optional.of(Files.readAllBytes(file));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5})
  void soItDoesInAWoundModule(int dwarf) throws IOException {
    byte[] file = module(dwarf);
    Part part =
        new Part(
            "shop",
            Bytes.of(file).digest(),
            Contract.of(WasmReader.read(file), Role.SERVICE),
            WasmReader.read(file));
    Code code =
        Guests.ENGINE.wound(
            List.of(part),
            Map.of("shop", Limits.DEFAULT),
            Options.DEFAULT,
            Map.of("shop", SourceLines.of(file)));
    assertThat(called(code, "shop", "[0]"))
        .isInstanceOfSatisfying(
            CallOutcome.Trapped.class,
            trapped ->
                assertThat(trapped.reason())
                    .contains("at shop.price (price.c:5)\n  at shop.total (price.c:10)"));
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5})
  void whatIsBrokenTellsNothingAndHarmsNothing(int dwarf) throws IOException {
    byte[] file = module(dwarf);
    int sections = file.length / 3;
    for (int i = sections; i < file.length; i += 7) {
      byte[] broken = file.clone();
      Arrays.fill(broken, i, Math.min(i + 3, broken.length), (byte) 0xff);
      try {
        WasmReader.read(broken);
      } catch (RuntimeException e) {
        continue;
      }
      SourceLines.of(broken).at(100);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5})
  void aModuleWithATrailIsValid(int dwarf) throws IOException {
    byte[] edited = WasmWriter.write(Trail.laidIn(WasmReader.read(module(dwarf))));
    WasmValidator.validate(WasmReader.read(edited));
  }

  private static CallOutcome called(Code code, String service, String request) {
    Situation situation = new TestSituation().build();
    Instance instance =
        Guests.ENGINE.instantiate(code, List.of(new Tenant(service, service + "-1", situation)));
    long deadline = situation.time().monotonicNanos() + 10_000_000_000L;
    return instance.call(
        new Call("1", service, "total", null, deadline, 1, ""), request.getBytes(UTF_8));
  }
}
