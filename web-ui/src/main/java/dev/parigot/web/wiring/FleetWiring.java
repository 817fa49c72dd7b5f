package dev.parigot.web.wiring;

import dev.parigot.app.Apps;
import dev.parigot.app.Secrets;
import dev.parigot.engine.Engine;
import dev.parigot.engine.EngineOptions;
import dev.parigot.fleet.Capabilities;
import dev.parigot.fleet.Fleet;
import dev.parigot.fleet.FleetSettings;
import dev.parigot.fleet.GuestThreads;
import dev.parigot.gate.Gate;
import dev.parigot.gate.GateRuns;
import dev.parigot.gate.TimingRuns;
import dev.parigot.keyvalue.KeyValues;
import dev.parigot.metering.Metering;
import dev.parigot.observe.Logs;
import dev.parigot.outbound.AddressRules;
import dev.parigot.outbound.OutboundHttp;
import dev.parigot.queue.Messages;
import dev.parigot.relay.AppChannels;
import dev.parigot.release.Artifacts;
import dev.parigot.release.Releases;
import dev.parigot.scaling.Scaling;
import dev.parigot.situation.WallTime;
import dev.parigot.web.Addresses;
import dev.parigot.web.ParigotProperties;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;

/** The engine, the fleet that runs in it, and their threads. */
@Configuration(proxyBeanMethods = false)
class FleetWiring {
  /** Guests that wait (for a clock, an answer from outside) hold their thread too. */
  private static final int GUESTS_PER_CORE = 8;

  private static final int FEWEST_GUESTS = 128;

  private static final int MOST_TEST_THREADS = 1024;

  /** Far more than any sound test computes at a stretch. */
  private static final Duration TEST_PATIENCE = Duration.ofSeconds(30);

  @Bean(destroyMethod = "shutdownNow", defaultCandidate = false)
  ExecutorService guestThreads() {
    int cores = Runtime.getRuntime().availableProcessors();
    return GuestThreads.bounded(Math.max(FEWEST_GUESTS, GUESTS_PER_CORE * cores));
  }

  @Bean(destroyMethod = "shutdownNow", defaultCandidate = false)
  ScheduledExecutorService watchdogThread() {
    return Executors.newSingleThreadScheduledExecutor(
        Thread.ofPlatform().daemon().name("watchdog").factory());
  }

  @Bean(destroyMethod = "shutdownNow", defaultCandidate = false)
  ExecutorService cancellerThreads() {
    return Executors.newCachedThreadPool(
        Thread.ofPlatform().daemon().name("canceller-", 0).factory());
  }

  @Bean(destroyMethod = "shutdownNow", defaultCandidate = false)
  ScheduledExecutorService fleetThread() {
    return Executors.newSingleThreadScheduledExecutor(
        Thread.ofPlatform().daemon().name("fleet").factory());
  }

  @Bean(destroyMethod = "shutdownNow", defaultCandidate = false)
  ScheduledExecutorService turnsThread() {
    return Executors.newSingleThreadScheduledExecutor(
        Thread.ofPlatform().daemon().name("turns").factory());
  }

  @Bean
  Engine engine(
      ParigotProperties properties,
      @Qualifier("watchdogThread") ScheduledExecutorService watchdog,
      @Qualifier("cancellerThreads") ExecutorService cancellers) {
    return Engine.start(new EngineOptions(watchdog, cancellers, properties.allowInterpreter()));
  }

  /** Tests run one guest at a time; each call that waits holds a thread. */
  @Bean(destroyMethod = "shutdownNow", defaultCandidate = false)
  ExecutorService testThreads() {
    return GuestThreads.growing(MOST_TEST_THREADS);
  }

  /** What the tests of pushes may use of this machine: half of its cores. */
  @Bean
  Gate gate(
      ParigotProperties properties,
      Engine engine,
      GateRuns runs,
      Artifacts artifacts,
      Clock clock,
      Addresses addresses,
      Apps apps,
      @Qualifier("testThreads") ExecutorService threads) {
    int atOnce = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    return new Gate(
        engine,
        threads,
        runs,
        artifacts,
        clock,
        new Gate.Settings(properties.gateLimit(), TEST_PATIENCE, atOnce),
        run ->
            apps.byId(run.app())
                .map(app -> addresses.failure(app.name(), run.id(), run.failures().getFirst()))
                .orElse(""));
  }

  /** Ends before the threads of its guests do. */
  @Bean
  TimingRuns timingRuns(
      Gate gate, GateRuns runs, Releases releases, Artifacts artifacts, Clock clock) {
    ThreadFactory threads = Thread.ofPlatform().daemon().name("timing-", 0).factory();
    return new TimingRuns(
        gate, runs, releases, artifacts, work -> threads.newThread(work).start(), clock);
  }

  @Bean(destroyMethod = "shutdownNow", defaultCandidate = false)
  ExecutorService outboundThreads() {
    return Executors.newCachedThreadPool(
        Thread.ofPlatform().daemon().name("outbound-", 0).factory());
  }

  @Bean
  OutboundHttp outboundHttp(
      ParigotProperties properties, @Qualifier("outboundThreads") ExecutorService threads) {
    return new OutboundHttp(rules(properties), threads);
  }

  private static AddressRules rules(ParigotProperties properties) {
    try {
      return AddressRules.allowing(properties.outboundPrivate());
    } catch (IllegalArgumentException e) {
      throw new StartRefused("parigot.outbound-private: " + e.getMessage(), e);
    }
  }

  @Bean
  Capabilities capabilities(
      KeyValues keyValues,
      Messages messages,
      AppChannels channels,
      OutboundHttp outbound,
      Logs logs,
      Secrets secrets) {
    return new Capabilities(keyValues, messages, channels, outbound, logs, secrets);
  }

  @Bean
  Fleet fleet(
      ParigotProperties properties,
      Engine engine,
      Artifacts artifacts,
      Capabilities capabilities,
      Metering metering,
      Clock clock,
      SecureRandom random,
      @Qualifier("guestThreads") ExecutorService guests,
      @Qualifier("fleetThread") ScheduledExecutorService scheduler,
      @Qualifier("turnsThread") ScheduledExecutorService ticker) {
    return new Fleet(
        settings(properties),
        engine,
        artifacts,
        capabilities,
        metering,
        clock,
        random,
        guests,
        scheduler,
        ticker);
  }

  private static FleetSettings settings(ParigotProperties properties) {
    if (properties.coresPerApp() < 0) {
      throw new StartRefused(
          "parigot.cores-per-app: 0 for no limit, or a number of cores such as 0.5");
    }
    DataSize memory = properties.memoryPerApp();
    return FleetSettings.DEFAULT.withLimits(
        properties.coresPerApp(),
        memory == null ? FleetSettings.DEFAULT.memoryPerApp() : memory.toBytes());
  }

  @Bean
  Scaling scaling(
      ParigotProperties properties,
      Fleet fleet,
      Metering metering,
      Clock clock,
      @Qualifier("fleetThread") ScheduledExecutorService scheduler) {
    return new Scaling(
        fleet, metering, new WallTime(clock, System::nanoTime), properties.idle(), scheduler);
  }
}
