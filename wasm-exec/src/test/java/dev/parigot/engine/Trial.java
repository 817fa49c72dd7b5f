package dev.parigot.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parigot.contract.Method;
import dev.parigot.http.Headers;
import dev.parigot.http.HttpRequest;
import dev.parigot.wasm.MalformedWasm;
import dev.parigot.wasm.Reading;
import dev.parigot.wasm.ValueType;
import dev.parigot.wasm.WasmReader;
import dev.parigot.wasm.WasmValidator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What becomes of bytes that anybody might push: a refusal, or a module that the engine loads too
 * and that does no harm with little time and memory.
 */
final class Trial implements AutoCloseable {
  private static final int CALLS = 4;
  private static final Duration TIMEOUT = Duration.ofMillis(100);
  private static final Limits LIMITS = new Limits(16L << 20, Duration.ofMillis(500));
  private static final AtomicLong NUMBER = new AtomicLong();

  private final EngineReader engine = new EngineReader();
  private final TestSituation situation = new TestSituation();
  private final Map<String, Integer> stricter = new TreeMap<>();
  private int refused;
  private int accepted;
  private int ran;

  /** The modules of the examples and of the tests that have at most so many bytes. */
  static List<byte[]> modules(int most) {
    return Stream.of("src/test/resources", "../examples")
        .flatMap(folder -> modules(Path.of(folder)))
        .filter(file -> file.length <= most)
        .toList();
  }

  private static Stream<byte[]> modules(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(each -> each.toString().endsWith(".wasm"))
          .sorted(Comparator.comparing(Path::toString))
          .map(Trial::bytes)
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads it. Of those that are valid, each {@code step}th is loaded and run; of others, the engine
   * is asked about each {@code step}th.
   */
  void read(byte[] file, int step) {
    if (Reading.of(file).isEmpty()) {
      if (refused++ % step == 0 && engine.refusal(file).isEmpty()) {
        stricter.merge(reason(file), 1, Integer::sum);
      }
    } else if (accepted++ % step == 0) {
      Optional<String> refusal = engine.refusal(file);
      if (refusal.isPresent()) {
        throw new AssertionError(
            "valid here, but the engine refuses it: " + refusal.get() + ": " + Reading.hex(file));
      }
      run(file);
    }
  }

  int refused() {
    return refused;
  }

  int accepted() {
    return accepted;
  }

  /** With places and other numbers left out. */
  private static String reason(byte[] file) {
    try {
      WasmValidator.validate(WasmReader.read(file));
      return "";
    } catch (MalformedWasm malformed) {
      return malformed.reason().replaceAll("`[^`]*`", "f").replaceAll("[0-9]+", "N");
    }
  }

  private void run(byte[] file) {
    ran++;
    situation.lines.clear();
    try {
      Code code = Guests.ENGINE.code("trial:" + NUMBER.getAndIncrement(), file, LIMITS);
      try (Instance instance = Guests.ENGINE.instantiate(code, "tea", "tea-1", situation.build())) {
        callAll(code, instance);
      }
    } catch (CannotStart _) {
      // A refusal too: nothing provides an import, or it does not end its start in time.
    }
  }

  private static void callAll(Code code, Instance instance) {
    switch (code.contract().kind()) {
      case COMMAND -> call(instance, "http", http());
      case SERVICE -> methods(code).forEach(each -> call(instance, each.name(), new byte[8]));
      case PLAIN ->
          methods(code).forEach(each -> call(instance, each.name(), zeros(each).getBytes(UTF_8)));
    }
  }

  private static Stream<Method> methods(Code code) {
    return code.contract().methods().stream().limit(CALLS);
  }

  private static void call(Instance instance, String method, byte[] request) {
    if (instance.usable()) {
      CallOutcome _ = instance.call(TestSituation.call(method, TIMEOUT), request);
    }
  }

  private static byte[] http() {
    return new HttpRequest("GET", "/tea/", Headers.of("Host", "localhost"), new byte[0]).bytes();
  }

  private static String zeros(Method method) {
    return method.type().params().stream()
        .map(each -> each == ValueType.I64 ? "\"0\"" : "0")
        .collect(Collectors.joining(",", "[", "]"));
  }

  @Override
  public String toString() {
    StringBuilder told = new StringBuilder();
    told.append(refused + " refused, " + accepted + " accepted, " + ran + " of these run");
    stricter.forEach((reason, count) ->
        told.append("\n  refused, but loaded by the engine: " + count + " " + reason));
    return told.toString();
  }

  @Override
  public void close() {
    engine.close();
  }
}
