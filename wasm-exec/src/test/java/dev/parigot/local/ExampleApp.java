package dev.parigot.local;

import dev.parigot.engine.CallOutcome;
import dev.parigot.engine.Engine;
import dev.parigot.engine.Guests;
import dev.parigot.manifest.Blueprint;
import dev.parigot.timing.Scheduler;
import dev.parigot.timing.Seed;
import dev.parigot.timing.Strategy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** An app in a folder, on the engine of the tests. */
public record ExampleApp(AppCode code) {
  public static ExampleApp in(Path folder) {
    return in(folder, AppCode::load);
  }

  /** As {@link #in}, with its modules wound into one. */
  public static ExampleApp wound(Path folder) {
    return in(folder, AppCode::loadWound);
  }

  /** With that file where the manifest says {@code program.wasm}. */
  public static ExampleApp variant(Path folder, String file) {
    Blueprint.Files files = new Folder(folder);
    Blueprint.Files chosen =
        new Blueprint.Files() {
          @Override
          public byte[] read(String name) throws Blueprint.Unreadable {
            return files.read(name.equals("program.wasm") ? file : name);
          }

          @Override
          public boolean anyIn(String inside) {
            return files.anyIn(inside);
          }
        };
    return of(chosen, AppCode::load);
  }

  private interface Loader {
    AppCode load(Engine engine, Blueprint app, Blueprint.Files files) throws Blueprint.Unreadable;
  }

  private static ExampleApp in(Path folder, Loader loader) {
    return of(new Folder(folder), loader);
  }

  private static ExampleApp of(Blueprint.Files files, Loader loader) {
    try {
      return new ExampleApp(loader.load(Guests.ENGINE, Blueprint.read(files), files));
    } catch (Blueprint.Unreadable e) {
      throw new IllegalStateException(e);
    }
  }

  /** That folder, or a template's, whose name has still to be given. */
  private record Folder(Path path) implements Blueprint.Files {
    @Override
    public byte[] read(String name) {
      try {
        byte[] bytes = Files.readAllBytes(path.resolve(name));
        return name.equals(Blueprint.MANIFEST)
            ? new String(bytes, StandardCharsets.UTF_8)
                .replace("NAME", "sample")
                .getBytes(StandardCharsets.UTF_8)
            : bytes;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public boolean anyIn(String folder) {
      return true;
    }
  }

  public TestSuite tests() {
    return tests(Duration.ofMinutes(1));
  }

  TestSuite tests(Duration patience) {
    return new TestSuite(Guests.ENGINE, code, Guests.THREADS, patience);
  }

  /** The reports of all its tests. */
  List<TestReport> run(Seed seed) throws InterruptedException {
    List<TestReport> reports = new ArrayList<>();
    for (TestMethod test : tests().tests()) {
      reports.add(tests().run(test, seed));
    }
    return reports;
  }

  /** Of a call from outside. */
  CallOutcome call(String service, String method, byte[] request) throws InterruptedException {
    Scheduler scheduler = new Scheduler(Strategy.runToCompletion(), Guests.THREADS, 1_000);
    try (InMemoryApp app =
        new InMemoryApp(
            Guests.ENGINE,
            code,
            scheduler,
            Setting.ofTests(code.manifest(), part -> new Seed(1).of(part).generator()),
            Duration.ofMinutes(1),
            (_, _, _, _, _) -> {})) {
      return app.call(service, method, request);
    }
  }
}
