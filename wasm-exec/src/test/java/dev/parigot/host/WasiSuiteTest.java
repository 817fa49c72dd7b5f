package dev.parigot.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parigot.situation.Call;
import dev.parigot.situation.Interceptor;
import dev.parigot.situation.Time;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.PolyglotAccess;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.io.ByteSequence;
import org.graalvm.polyglot.proxy.ProxyObject;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The modules of wasi-testsuite, from the folder named by the property, as far as they use preview
 * 1 and need no files. {@code suite.sh} runs it.
 */
@EnabledIfSystemProperty(named = "parigot.wasi", matches = ".+")
class WasiSuiteTest {
  private final Path suite = Path.of(System.getProperty("parigot.wasi", ""));
  private final Map<String, List<String>> outcomes = new TreeMap<>();

  @Test
  void modulesThatNeedNoFilesPass() throws IOException {
    try (Stream<Path> files = Files.walk(suite)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".wasm")).sorted().toList()) {
        String outcome = outcome(file);
        outcomes
            .computeIfAbsent(outcome, _ -> new ArrayList<>())
            .add(suite.relativize(file).toString());
      }
    }
    outcomes.forEach((outcome, names) -> {
      System.out.println(outcome + ": " + names.size());
      names.forEach(each -> System.out.println("  " + each));
    });
    assertThat(outcomes).containsKey("passed");
    assertThat(outcomes.keySet()).noneMatch(each -> each.startsWith("failed"));
  }

  private static String outcome(Path file) throws IOException {
    Path json = Path.of(file.toString().replaceAll("wasm$", "json"));
    JsonNode told =
        JsonMapper.shared().readTree(Files.exists(json) ? Files.readString(json) : "{}");
    byte[] module = Files.readAllBytes(file);
    if (module[6] != 0) {
      return "skipped: a component";
    }
    if (told.has("dirs") || told.has("root")) {
      return "skipped: needs files";
    }
    if (!file.toString().contains("wasip1")) {
      return "skipped: needs more than preview 1";
    }
    return new Run(file.getFileName().toString(), told).outcome(module);
  }

  /** One run of a program, as a guest. */
  private static final class Run implements Guest, Stdio {
    private final JsonNode told;
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final ByteArrayOutputStream complaints = new ByteArrayOutputStream();
    private final WasiImports imports;
    private @Nullable GuestMemory memory;

    Run(String name, JsonNode told) {
      this.told = told;
      List<String> arguments = new ArrayList<>(List.of(name));
      told.path("args").forEach(each -> arguments.add(each.asString()));
      Map<String, String> environment = new HashMap<>();
      told.path("env")
          .properties()
          .forEach(each -> environment.put(each.getKey(), each.getValue().asString()));
      Gate gate = new Gate(this, Interceptor.PASS);
      imports =
          new WasiImports(gate, new RealTime(), new Random(7), this, arguments, () -> environment);
    }

    String outcome(byte[] module) {
      int status = 0;
      try (Context context =
          Context.newBuilder("wasm").allowPolyglotAccess(PolyglotAccess.ALL).build()) {
        context.initialize("wasm");
        Value compiled =
            context.eval(
                Source.newBuilder("wasm", ByteSequence.create(module), "program").buildLiteral());
        Value exports = compiled.newInstance(imported()).getMember("exports");
        memory = new GuestMemory(context, exports.getMember("memory"));
        try {
          exports.getMember("_start").executeVoid();
        } catch (PolyglotException e) {
          if (!e.isHostException() || !(e.asHostException() instanceof GuestStop.Exit exit)) {
            return "failed, " + e.getMessage() + complaints.toString(StandardCharsets.UTF_8);
          }
          status = exit.status();
        }
        return verdict(status);
      } catch (PolyglotException e) {
        return "failed, " + e.getMessage();
      }
    }

    private String verdict(int status) {
      String output = written.toString(StandardCharsets.UTF_8);
      if (status != told.path("exit_code").asInt(0)) {
        return "failed, it exits with "
            + status
            + ": "
            + complaints.toString(StandardCharsets.UTF_8);
      }
      return !told.has("stdout") || output.equals(told.path("stdout").asString())
          ? "passed"
          : "failed, it writes " + output;
    }

    private ProxyObject imported() {
      return new Provided(imports);
    }

    @Override
    public String instance() {
      return "program-1";
    }

    @Override
    public Call call() {
      return new Call("call-1", "program", "http", null, Long.MAX_VALUE, 1, "");
    }

    @Override
    public boolean initializing() {
      return false;
    }

    @Override
    public GuestMemory memory() {
      GuestMemory present = memory;
      if (present == null) {
        throw new IllegalStateException("The program has not started");
      }
      present.guestHasRun();
      return present;
    }

    @Override
    public long give(byte[] bytes) {
      return Packed.NO_ROOM;
    }

    @Override
    public long fail(int code, String message) {
      return Packed.NO_ROOM;
    }

    @Override
    public <T extends @Nullable Object> T outside(Supplier<T> effect) {
      return effect.get();
    }

    @Override
    public byte[] read(int most) {
      return new byte[0];
    }

    @Override
    public void writeOut(byte[] bytes) {
      written.writeBytes(bytes);
    }

    @Override
    public void writeError(byte[] bytes) {
      complaints.writeBytes(bytes);
    }

    @Override
    public void flush() {}
  }

  /** An import object that has the functions of WASI and nothing else. */
  private record Provided(WasiImports imports) implements ProxyObject {
    @Override
    public Object getMember(String module) {
      return new Functions(imports);
    }

    @Override
    public Object getMemberKeys() {
      return new Object[] {WasiImports.NAME};
    }

    @Override
    public boolean hasMember(String module) {
      return module.equals(WasiImports.NAME);
    }

    @Override
    public void putMember(String module, Value value) {
      throw new UnsupportedOperationException();
    }
  }

  private record Functions(WasiImports imports) implements ProxyObject {
    @Override
    public @Nullable Object getMember(String name) {
      return imports.function(name);
    }

    @Override
    public Object getMemberKeys() {
      return new Object[0];
    }

    @Override
    public boolean hasMember(String name) {
      return imports.function(name) != null;
    }

    @Override
    public void putMember(String name, Value value) {
      throw new UnsupportedOperationException();
    }
  }

  private record RealTime() implements Time {
    @Override
    public long nowNanos() {
      return TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
    }

    @Override
    public long monotonicNanos() {
      return System.nanoTime();
    }

    @Override
    public void sleep(long nanos) throws InterruptedException {
      TimeUnit.NANOSECONDS.sleep(nanos);
    }
  }
}
