package dev.parigot.engine;

import dev.parigot.contract.Method;
import dev.parigot.manifest.Manifest;
import dev.parigot.manifest.ManifestReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An app in a folder, whose test modules can be run in memory. */
final class ExampleApp {
  private final Path folder;
  private final Manifest manifest;

  private ExampleApp(Path folder, Manifest manifest) {
    this.folder = folder;
    this.manifest = manifest;
  }

  static ExampleApp in(Path folder) throws IOException {
    String text = Files.readString(folder.resolve("parigot.toml"));
    return new ExampleApp(folder, ManifestReader.read(text.replace("NAME", "sample")));
  }

  boolean hasTests() {
    return !manifest.tests().isEmpty();
  }

  /** The tests that fail, each with why. Each test has the app for itself. */
  List<String> failures() {
    List<String> failures = new ArrayList<>();
    for (String module : manifest.tests().keySet()) {
      for (String test : tests(module)) {
        try (ConformanceHost host = host()) {
          host.start();
          CallOutcome outcome = host.call(module, test, new byte[0]);
          if (!(outcome instanceof CallOutcome.Returned)) {
            failures.add(module + "." + test + ": " + outcome);
          }
        }
      }
    }
    return failures;
  }

  /** Of a call from outside. */
  CallOutcome call(String service, String method, byte[] request) {
    try (ConformanceHost host = host()) {
      host.start();
      return host.call(service, method, request);
    }
  }

  private List<String> tests(String module) {
    try (ConformanceHost host = host()) {
      return host.methods(module).stream()
          .map(Method::name)
          .filter(name -> name.startsWith("test"))
          .toList();
    }
  }

  private ConformanceHost host() {
    Map<String, ConformanceSuite.Service> services = new LinkedHashMap<>();
    manifest
        .services()
        .forEach((name, service) ->
            services.put(name, new ConformanceSuite.Service(service.wasm(), null, null, null)));
    manifest
        .tests()
        .forEach((name, test) ->
            services.put(name, new ConformanceSuite.Service(test.wasm(), null, "test", null)));
    Map<String, ConformanceSuite.Queue> queues = new LinkedHashMap<>();
    manifest
        .queues()
        .forEach((name, queue) ->
            queues.put(
                name, new ConformanceSuite.Queue(queue.deliver().toString(), queue.attempts())));
    Map<String, String> schedules = new LinkedHashMap<>();
    manifest.cron().forEach((name, cron) -> schedules.put(name, cron.call().toString()));
    return new ConformanceHost(
        new ConformanceSuite.Setting(
            services, manifest.config().in("test"), queues, schedules, null),
        this::file);
  }

  private byte[] file(String name) {
    try {
      return Files.readAllBytes(folder.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
