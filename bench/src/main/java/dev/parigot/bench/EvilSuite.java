package dev.parigot.bench;

import dev.parigot.engine.Engine;
import dev.parigot.local.AppCode;
import dev.parigot.local.TestMethod;
import dev.parigot.local.TestReport;
import dev.parigot.local.TestSuite;
import dev.parigot.manifest.Blueprint;
import dev.parigot.timing.Seed;
import dev.parigot.timing.Strategy;
import dev.parigot.timing.Trace;
import dev.parigot.timing.Trial;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The programs of the evil suite, each with its bug and mended, the order that shows the bug with
 * the fewest choices, and what an explanation has to name.
 */
final class EvilSuite implements AutoCloseable {
  private static final Seed SEED = new Seed(1);

  private final Path folder;
  private final Engine engine;
  private final Executor threads;
  private final Map<String, Pattern> planted = new HashMap<>();
  private final List<String> programs = new ArrayList<>();
  private final Map<String, TestSuite> suites = new HashMap<>();

  private EvilSuite(Path folder, Engine engine, Executor threads) throws IOException {
    this.folder = folder;
    this.engine = engine;
    this.threads = threads;
    JsonNode bugs = new JsonMapper().readTree(Files.readAllBytes(folder.resolve("planted.json")));
    bugs.properties()
        .forEach(each -> {
          programs.add(each.getKey());
          planted.put(each.getKey(), Pattern.compile(each.getValue().asString()));
        });
  }

  static EvilSuite in(Path root, Engine engine, Executor threads) throws IOException {
    return new EvilSuite(root.resolve("wasm-exec/src/test/resources/apps/evil"), engine, threads);
  }

  List<String> programs() {
    return programs;
  }

  Trial buggy(String program) {
    return trial(program, "buggy.wasm");
  }

  Trial fixed(String program) {
    return trial(program, "fixed.wasm");
  }

  boolean isPlanted(String program, String sentence) {
    return Objects.requireNonNull(planted.get(program)).matcher(sentence).find();
  }

  Trace witness(String program) {
    try {
      return Trace.read(Files.readAllBytes(folder.resolve(program).resolve("witness.json")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (Trace.Unreadable e) {
      throw new IllegalStateException(e);
    }
  }

  /** The mended program whose plain run has about that many host calls. */
  Trial sized(int hostCalls) throws InterruptedException {
    Trial best = fixed(programs.getFirst());
    long least = Long.MAX_VALUE;
    for (String program : programs) {
      Trial trial = fixed(program);
      long calls =
          trial.run(Strategy.runToCompletion()).steps().stream()
              .filter(step -> step.nth() > 0)
              .count();
      if (Math.abs(calls - hostCalls) < least) {
        least = Math.abs(calls - hostCalls);
        best = trial;
      }
    }
    return best;
  }

  /** Whether two runs of the buggy program under that seed differ in anything. */
  boolean differs(String program, Seed seed) throws InterruptedException {
    TestSuite suite = suite(program, "buggy.wasm");
    TestMethod test = suite.tests().getFirst();
    TestReport once = suite.run(test, seed);
    return !once.equals(suite.run(test, seed));
  }

  private Trial trial(String program, String variant) {
    TestSuite suite = suite(program, variant);
    return suite.trial(suite.tests().getFirst(), SEED);
  }

  private TestSuite suite(String program, String variant) {
    return suites.computeIfAbsent(program + "/" + variant, _ -> load(program, variant));
  }

  private TestSuite load(String program, String variant) {
    Blueprint.Files files =
        new Blueprint.Files() {
          @Override
          public byte[] read(String name) {
            try {
              String file = name.equals("program.wasm") ? variant : name;
              return Files.readAllBytes(folder.resolve(program).resolve(file));
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          }

          @Override
          public boolean anyIn(String inside) {
            return true;
          }
        };
    try {
      AppCode code = AppCode.load(engine, Blueprint.read(files), files);
      return new TestSuite(engine, code, threads, Duration.ofMinutes(1));
    } catch (Blueprint.Unreadable e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    suites.values().forEach(TestSuite::close);
  }
}
