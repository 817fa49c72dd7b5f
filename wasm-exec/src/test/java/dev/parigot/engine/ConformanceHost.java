package dev.parigot.engine;

import dev.parigot.contract.Contract.Kind;
import dev.parigot.http.Cgi;
import dev.parigot.http.Headers;
import dev.parigot.http.HttpRequest;
import dev.parigot.http.HttpResponse;
import dev.parigot.http.MalformedMessage;
import dev.parigot.local.AppCode;
import dev.parigot.local.InMemoryApp;
import dev.parigot.local.Setting;
import dev.parigot.manifest.Audience;
import dev.parigot.manifest.Exposure;
import dev.parigot.manifest.Manifest;
import dev.parigot.situation.KeyValue;
import dev.parigot.timing.Scheduler;
import dev.parigot.timing.Seed;
import dev.parigot.timing.Strategy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** An app of the suite in memory, on the engine of the tests. */
final class ConformanceHost implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  /** How long a guest of the suite that loops is let loop. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private static final int MOST_STEPS = 1_000_000;

  /** Of a queue, unless it says otherwise. */
  private static final int ATTEMPTS = 5;

  final List<ConformanceSuite.Log> logs = new ArrayList<>();
  final ConformanceOutside outside;
  private final AppCode code;
  private final Scheduler scheduler =
      new Scheduler(Strategy.runToCompletion(), Guests.THREADS, MOST_STEPS);
  private final InMemoryApp app;

  /** How the modules of an app are made ready. */
  interface Loader {
    AppCode load(Engine engine, Manifest manifest, Map<String, byte[]> modules);
  }

  ConformanceHost(ConformanceSuite.Setting setting, Function<String, byte[]> files) {
    this(setting, files, AppCode::of);
  }

  ConformanceHost(ConformanceSuite.Setting setting, Function<String, byte[]> files, Loader loader) {
    this(setting, files, loader, part -> new Seed(7).of(part).generator(), PATIENCE);
  }

  /**
   * @param files the modules by the names that the setting has for them
   * @param random see {@link InMemoryApp}
   * @param patience see {@link InMemoryApp}
   */
  ConformanceHost(
      ConformanceSuite.Setting setting,
      Function<String, byte[]> files,
      Loader loader,
      Function<String, RandomGenerator> random,
      Duration patience) {
    this.outside =
        new ConformanceOutside(
            setting.outside() == null
                ? new ConformanceSuite.Outside(List.of(), List.of())
                : setting.outside());
    Map<String, byte[]> modules = new LinkedHashMap<>();
    setting.services().forEach((name, service) -> modules.put(name, files.apply(service.wasm())));
    this.code = loader.load(Guests.ENGINE, manifest(setting), modules);
    Setting test = Setting.ofTests(code.manifest(), random);
    this.app =
        new InMemoryApp(
            Guests.ENGINE,
            code,
            scheduler,
            test.withOutbound(outside),
            patience,
            (service, _, level, message, _) -> {
              if (modules.containsKey(service)) {
                logs.add(new ConformanceSuite.Log(service, level, message));
              }
            });
  }

  private static boolean isTest(ConformanceSuite.Service service) {
    return "test".equals(service.role());
  }

  private static Manifest manifest(ConformanceSuite.Setting setting) {
    Map<String, Manifest.Service> services = new LinkedHashMap<>();
    Map<String, Manifest.TestModule> tests = new LinkedHashMap<>();
    setting
        .services()
        .forEach((name, service) -> {
          if (isTest(service)) {
            tests.put(name, new Manifest.TestModule(service.wasm(), null, 1));
          } else {
            services.put(name, service(service));
          }
        });
    Map<String, Manifest.Queue> queues = new LinkedHashMap<>();
    setting
        .queues()
        .forEach((name, queue) -> queues.put(name, queue(queue.deliver(), queue.attempts())));
    Map<String, Manifest.Cron> schedules = new LinkedHashMap<>();
    setting.schedules().forEach((name, callee) -> schedules.put(name, cron(callee)));
    return new Manifest(
        null,
        services,
        null,
        schedules,
        queues,
        channels(setting.channels()),
        tests,
        new Manifest.Config(setting.config(), Map.of()),
        List.of(),
        null,
        null);
  }

  /** Everybody may listen to each. */
  private static Map<String, Manifest.Channel> channels(List<String> names) {
    Map<String, Manifest.Channel> channels = new LinkedHashMap<>();
    names.forEach(name -> channels.put(name, new Manifest.Channel(Audience.EVERYONE, 1)));
    return channels;
  }

  private static Manifest.Service service(ConformanceSuite.Service wanted) {
    Integer timeout = wanted.timeoutMs();
    return new Manifest.Service(
        wanted.wasm(),
        new Exposure.Everything(),
        0,
        8,
        Limits.DEFAULT.memoryBytes(),
        timeout == null ? TIMEOUT : Duration.ofMillis(timeout),
        1);
  }

  private static Manifest.Queue queue(String callee, @Nullable Integer attempts) {
    return new Manifest.Queue(target(callee), attempts == null ? ATTEMPTS : attempts, 4, null, 1);
  }

  /** Due once a year, so that it is run by the tests alone. */
  private static Manifest.Cron cron(String callee) {
    return new Manifest.Cron(
        "0 0 31 12 *", ZoneOffset.UTC, target(callee), Manifest.Overlap.FORBID, false, 1);
  }

  /**
   * @param callee as in the manifest: {@code service.method}
   */
  private static Manifest.Target target(String callee) {
    String[] names = callee.split("\\.", 2);
    return new Manifest.Target(names[0], names[1]);
  }

  KeyValue keyValue() {
    return app.keyValue();
  }

  /** The host calls that were made, as the suite writes them. */
  List<String> hostCalls() {
    return scheduler.trace().stream()
        .filter(step -> step.action().contains(":") || step.action().startsWith("wasi"))
        .map(step -> (step.action() + " " + step.key()).strip())
        .toList();
  }

  /** Starts an instance of each service that can start, each after those that it calls. */
  void start() throws InterruptedException {
    app.start();
  }

  /** A call from outside. */
  CallOutcome call(String service, String method, byte[] request) throws InterruptedException {
    return app.call(service, method, request);
  }

  /** A request from outside for everything under {@code /SERVICE/}. */
  HttpResponse http(String service, byte[] message) throws InterruptedException {
    HttpRequest request = HttpRequest.read(message);
    boolean command = code.contract(service).kind() == Kind.COMMAND;
    CallOutcome outcome = call(service, "http", request.bytes());
    try {
      return switch (outcome) {
        case CallOutcome.Returned returned when command ->
            ((Cgi.Answer.Response) Cgi.read(returned.response(), request.method())).response();
        case CallOutcome.Returned returned ->
            HttpResponse.read(returned.response(), request.method());
        case CallOutcome.Failed failed -> error(failed.code(), failed.message());
        case CallOutcome.Trapped trapped when command -> error(502, trapped.reason());
        case CallOutcome.Trapped trapped -> error(outcome.code(), trapped.reason());
        case CallOutcome.LimitReached reached -> error(outcome.code(), reached.limit().name());
      };
    } catch (MalformedMessage e) {
      return error(502, e.reason());
    }
  }

  private static HttpResponse error(int code, String text) {
    Headers headers = Headers.of("Content-Type", "text/plain");
    boolean own = Integer.compareUnsigned(code, 1000) >= 0;
    return new HttpResponse(
        own ? 422 : code,
        own ? headers.and("Parigot-Error", Integer.toUnsignedString(code)) : headers,
        text.getBytes(StandardCharsets.UTF_8));
  }

  /** Waits until every call that was started has ended and every message has been delivered. */
  void settle() throws InterruptedException {
    app.settle();
  }

  @Override
  public void close() {
    app.close();
  }
}
