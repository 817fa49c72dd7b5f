package dev.parigot.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parigot.debug.Line;
import dev.parigot.debug.SourceFiles;
import dev.parigot.situation.Situation;
import dev.parigot.wasm.Function;
import dev.parigot.wasm.WasmReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.graalvm.polyglot.io.ByteSequence;
import org.junit.jupiter.api.Test;

/** What holds of guests that are debugged, whether or not a debugger is there. */
class DebugTest {
  private static final Path APP = Path.of("src/test/resources/apps/debugged").toAbsolutePath();

  @Test
  void aGuestThatTrapsOrIsClosedEndsAloneInTheContextOfAll() {
    EngineOptions options = new EngineOptions(Guests.WATCHDOG, Guests.CANCELLERS, false);
    try (Engine engine = Engine.start(options.debugging(new SourceFiles(APP)))) {
      Guests.THREADS.execute(() -> listen(engine.debugLine()));
      Situation situation = new TestSituation().build();
      Code code = engine.code("service", Guests.file("service"), Limits.DEFAULT);
      Instance trapping = engine.instantiate(code, "tea", "tea-1", situation);
      Instance closed = engine.instantiate(code, "tea", "tea-2", situation);
      Instance other = engine.instantiate(code, "tea", "tea-3", situation);

      assertThat(trapping.call(TestSituation.call("trap"), new byte[0]))
          .isInstanceOf(CallOutcome.Trapped.class);
      closed.close();

      assertThat(trapping.usable()).isFalse();
      assertThat(closed.usable()).isFalse();
      assertThat(other.call(TestSituation.call("echo"), new byte[3]))
          .isInstanceOf(CallOutcome.Returned.class);
    }
  }

  private static void listen(Line line) {
    try {
      while (line.read() != null) {
        // Nobody is there to be told.
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** DWARF counts from the first byte of the code section. */
  @Test
  void editsLeaveCodeWhereDebuggingInformationLooksForIt() throws IOException {
    for (String service : List.of("basket", "tax", "added-dwarf-4")) {
      byte[] file = Files.readAllBytes(APP.resolve(service + ".wasm"));
      Code code = Guests.ENGINE.code(service, file, Limits.DEFAULT);
      ByteSequence edited = code.source().getBytes();

      assertThat(edited.length()).as("a maximum was written in").isNotEqualTo(file.length);
      assertThat(places(edited.toByteArray())).isEqualTo(places(file));
      assertThat(WasmReader.read(edited.toByteArray()).customs())
          .isEqualTo(WasmReader.read(file).customs());
    }
  }

  /** Of functions, behind the first one; that has its size and the number of all ahead of it. */
  private static List<Long> places(byte[] file) {
    List<Function> functions = WasmReader.read(file).functions();
    long first = functions.getFirst().code().offset().value();
    return functions.stream().map(each -> each.code().offset().value() - first).toList();
  }
}
