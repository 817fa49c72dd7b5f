package dev.parigot.fleet;

import dev.parigot.account.AccountId;
import dev.parigot.account.Passwords;
import dev.parigot.app.App;
import dev.parigot.app.AppName;
import dev.parigot.app.Apps;
import dev.parigot.app.Secrets;
import dev.parigot.app.Stagings;
import dev.parigot.artifact.ArtifactStore;
import dev.parigot.artifact.EmbeddedS3;
import dev.parigot.contract.Contract;
import dev.parigot.contract.Role;
import dev.parigot.database.Database;
import dev.parigot.database.TestDatabase;
import dev.parigot.edge.Edge;
import dev.parigot.engine.CallOutcome;
import dev.parigot.engine.Code;
import dev.parigot.engine.Engine;
import dev.parigot.engine.EngineOptions;
import dev.parigot.engine.Limits;
import dev.parigot.gate.Gate;
import dev.parigot.gate.GateRuns;
import dev.parigot.keyvalue.KeyValues;
import dev.parigot.metering.Metering;
import dev.parigot.observe.Events;
import dev.parigot.observe.Logs;
import dev.parigot.outbound.AddressRules;
import dev.parigot.outbound.OutboundHttp;
import dev.parigot.pipeline.Pipeline;
import dev.parigot.queue.Messages;
import dev.parigot.relay.AppChannels;
import dev.parigot.release.Artifacts;
import dev.parigot.release.Ledger;
import dev.parigot.release.Release;
import dev.parigot.release.ReleasedService;
import dev.parigot.release.Releases;
import dev.parigot.secret.Seal;
import dev.parigot.user.OpenId;
import dev.parigot.user.SignIns;
import dev.parigot.user.Users;
import dev.parigot.wasm.WasmReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The real parts of a platform, put together in a folder, with one account and its app. */
public final class TestPlatform implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Clock CLOCK = Clock.systemUTC();
  private static final Gate.Settings GATE = new Gate.Settings(Duration.ofMinutes(5), TIMEOUT, 1);

  private final EmbeddedS3 s3;
  private final ArtifactStore store;
  private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(2);
  private final ExecutorService cancellers = Executors.newVirtualThreadPerTaskExecutor();
  private final ExecutorService waiting = Executors.newCachedThreadPool();
  private final OutboundHttp outbound =
      new OutboundHttp(AddressRules.allowing(List.of("127.0.0.1")), waiting);
  private final ExecutorService guests = GuestThreads.bounded(16);
  private final ExecutorService testing = GuestThreads.growing(64);
  private final Engine engine = Engine.start(new EngineOptions(scheduler, cancellers, true));

  public final Artifacts artifacts;
  public final Apps apps;
  public final Stagings stagings;
  public final Releases releases;
  public final Logs logs;
  public final Secrets secrets;
  public final Events events = new Events();
  public final Metering metering = new Metering(CLOCK);
  public final KeyValues keyValues;
  public final Messages messages;
  public final AppChannels channels = AppChannels.alone(new SecureRandom(), CLOCK);
  public final JdbcClient jdbc;
  public final GateRuns gateRuns;
  public final Gate gate;
  public final Fleet fleet;
  public final Pipeline pipeline;
  public final Users users;
  public final Edge edge;
  public final App app;

  public TestPlatform(Path folder) {
    this(folder, FleetSettings.DEFAULT);
  }

  public TestPlatform(Path folder, FleetSettings settings) {
    this(folder, settings, TestDatabase.H2);
  }

  public TestPlatform(Path folder, FleetSettings settings, TestDatabase kind) {
    Database database = kind.empty();
    jdbc = database.jdbc();
    SecureRandom random = new SecureRandom();
    s3 = EmbeddedS3.start(folder, random);
    store = ArtifactStore.open(s3.settings());
    artifacts = new Artifacts(store, new Ledger(database.jdbc(), database.transactions(), CLOCK));
    Seal seal = Seal.forOnce();
    secrets = new Secrets(database.jdbc(), database.transactions(), CLOCK, seal);
    logs = new Logs(CLOCK, secrets::mask);
    apps = new Apps(database.jdbc(), database.transactions(), CLOCK, seal);
    stagings = new Stagings(database.jdbc(), database.transactions(), CLOCK, apps, 20);
    releases = new Releases(database.jdbc(), database.transactions(), CLOCK, seal);
    keyValues = new KeyValues(database.jdbc());
    messages = new Messages(database.jdbc(), CLOCK);
    gateRuns = new GateRuns(database.jdbc(), CLOCK);
    fleet =
        new Fleet(
            settings,
            engine,
            artifacts,
            new Capabilities(keyValues, messages, channels, outbound, logs, secrets),
            metering,
            CLOCK,
            random,
            guests,
            scheduler,
            scheduler);
    gate =
        new Gate(
            engine,
            testing,
            gateRuns,
            artifacts,
            CLOCK,
            GATE,
            run -> "http://localhost:8080/apps/shop/tests/" + run.id());
    pipeline =
        new Pipeline(
            apps,
            secrets,
            releases,
            artifacts,
            gate,
            fleet,
            events,
            CLOCK,
            each -> "http://" + each.name() + ".localhost:8080/");
    users = new Users(database.jdbc(), Passwords.encoder(), CLOCK, random, _ -> {});
    edge =
        new Edge(
            fleet,
            artifacts,
            logs,
            new SignIns(users, OpenId.NONE),
            each -> "http://localhost:8080/git/" + each.name() + ".git");
    app = apps.create(account(database), AppName.of("shop"));
  }

  /** A share without limits, in which nobody looks. */
  static Share share() {
    return new Turns(2).share(new Share.Limits(32, 0, Long.MAX_VALUE));
  }

  /** The account that the app belongs to. */
  public AccountId owner() {
    return app.owner();
  }

  private static AccountId account(Database database) {
    database
        .jdbc()
        .sql(
            "INSERT INTO accounts (email, name, password, created_at)"
                + " VALUES ('ada@example.org', 'Ada', 'x', CURRENT_TIMESTAMP)")
        .update();
    return new AccountId(
        database.jdbc().sql("SELECT MAX(id) FROM accounts").query(Long.class).single());
  }

  /** The bytes of a module among the test resources. */
  public static byte[] module(String name) {
    try (InputStream in =
        Objects.requireNonNull(
            TestPlatform.class.getResourceAsStream("/modules/" + name + ".wasm"), name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A public service as it would be released, its module stored. */
  public ReleasedService service(String name, String module) {
    return service(name, module(module));
  }

  /** The same of a module by its bytes. */
  public ReleasedService service(String name, byte[] bytes) {
    Contract contract = Contract.of(WasmReader.read(bytes), Role.SERVICE);
    return new ReleasedService(
        name,
        contract.kind().name().toLowerCase(Locale.ROOT),
        artifacts.put(bytes),
        bytes.length,
        true,
        null,
        0,
        4,
        1 << 20,
        TIMEOUT.toNanos(),
        contract.kind() == Contract.Kind.COMMAND
            ? List.of("http")
            : contract.methods().stream().map(method -> method.name()).toList(),
        List.of());
  }

  /** The same, of which only these methods are public; null for none. */
  public static ReleasedService exposing(ReleasedService service, @Nullable List<String> methods) {
    return new ReleasedService(
        service.name(),
        service.kind(),
        service.digest(),
        service.size(),
        false,
        methods,
        service.min(),
        service.max(),
        service.memoryBytes(),
        service.timeoutNanos(),
        service.methods(),
        service.dependsOn());
  }

  /** The same, with other numbers of instances and another timeout. */
  public static ReleasedService sized(ReleasedService service, int min, int max, Duration timeout) {
    return new ReleasedService(
        service.name(),
        service.kind(),
        service.digest(),
        service.size(),
        service.allPublic(),
        service.publicMethods(),
        min,
        max,
        service.memoryBytes(),
        timeout.toNanos(),
        service.methods(),
        service.dependsOn());
  }

  /** What the engine has of a service's module, as long as anybody uses it. */
  Code code(ReleasedService service) {
    return engine.code(
        service.digest(),
        artifacts.get(service.digest()),
        Limits.DEFAULT.withMemory(service.memoryBytes()));
  }

  /** Makes a release of these services and site files, not yet started. */
  public Release release(List<ReleasedService> services, Map<String, byte[]> site) {
    Map<String, Release.SiteFile> files = new TreeMap<>();
    site.forEach(
        (path, bytes) -> files.put(path, new Release.SiteFile(artifacts.put(bytes), bytes.length)));
    return release(
        new Release.Contents(
            services, files, null, Map.of("CURRENCY", "EUR"), Map.of(), List.of()));
  }

  /** Makes such a release, not yet started. */
  public Release release(Release.Contents contents) {
    return releases.create(app.id(), null, "ada@example.org", contents);
  }

  /** Makes such a release live. */
  public Release deploy(ReleasedService... services) {
    return launch(release(List.of(services), Map.of()));
  }

  /** Makes a release live. */
  public Release launch(Release release) {
    fleet.activate(fleet.start(release));
    return releases.markLive(release);
  }

  /** What a method returned, as text; an assertion fails if it did not. */
  public String returned(String service, String method, String request) {
    return switch (fleet.call(
        app.id(), service, method, request.getBytes(StandardCharsets.UTF_8))) {
      case CallOutcome.Returned(byte[] response) -> new String(response, StandardCharsets.UTF_8);
      case CallOutcome other -> throw new AssertionError(service + "." + method + ": " + other);
    };
  }

  @Override
  public void close() {
    fleet.close();
    engine.close();
    finish(guests);
    finish(testing);
    scheduler.shutdownNow();
    cancellers.close();
    outbound.close();
    waiting.shutdownNow();
    store.close();
    s3.close();
  }

  /** Lets them end what they do: an interrupt would close the database's file under all tests. */
  private static void finish(ExecutorService threads) {
    threads.shutdown();
    try {
      if (!threads.awaitTermination(30, TimeUnit.SECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
