package dev.parigot.web.wiring;

import dev.parigot.demo.Contents;
import dev.parigot.gate.GateRuns;
import dev.parigot.pipeline.Pipeline;
import dev.parigot.release.Artifacts;
import dev.parigot.release.Collector;
import dev.parigot.release.Ledger;
import dev.parigot.release.Releases;
import dev.parigot.release.Uploads;
import dev.parigot.user.Users;
import dev.parigot.web.ParigotProperties;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What is done now and then, without anybody having asked. */
@Configuration(proxyBeanMethods = false)
class UpkeepWiring {
  private static final Logger LOG = LoggerFactory.getLogger(UpkeepWiring.class);

  @Bean
  Collector collector(
      ParigotProperties properties,
      Releases releases,
      Artifacts artifacts,
      Ledger ledger,
      Contents demos,
      GateRuns tests,
      Clock clock) {
    try {
      return new Collector(
          releases, artifacts, ledger, List.of(demos, tests), properties.releasesKept(), clock);
    } catch (IllegalArgumentException e) {
      throw new StartRefused("parigot.releases-kept: " + e.getMessage(), e);
    }
  }

  @Bean(destroyMethod = "shutdownNow", defaultCandidate = false)
  ScheduledExecutorService upkeep(
      Uploads uploads, Collector collector, Pipeline pipeline, Users users) {
    ScheduledExecutorService thread =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("upkeep").factory());
    thread.scheduleWithFixedDelay(
        once("unfinished releases could not be settled", pipeline::settle), 1, 1, TimeUnit.MINUTES);
    thread.scheduleWithFixedDelay(
        once("uploads could not be removed", () -> sweep(uploads)), 1, 60, TimeUnit.MINUTES);
    thread.scheduleWithFixedDelay(
        once("sessions that have ended could not be removed", users::sweep),
        2,
        60,
        TimeUnit.MINUTES);
    thread.scheduleWithFixedDelay(
        once("what nothing needs any more could not be removed", () -> collect(collector)),
        5,
        60,
        TimeUnit.MINUTES);
    return thread;
  }

  private static void sweep(Uploads uploads) {
    int removed = uploads.sweep();
    if (removed > 0) {
      LOG.info("{} uploads that were released or forgotten are removed", removed);
    }
  }

  private static void collect(Collector collector) {
    Collector.Collected collected = collector.collect();
    if (collected.releases() > 0 || collected.artifacts() > 0) {
      LOG.info(
          "{} old releases are removed, and {} artifacts of {} KiB that nothing names",
          collected.releases(),
          collected.artifacts(),
          Math.ceilDiv(collected.bytes(), 1024));
    }
  }

  /** One that throws would be the last. */
  private static Runnable once(String failed, Runnable task) {
    return () -> {
      try {
        task.run();
      } catch (RuntimeException e) {
        LOG.warn("{}; tried again later", failed, e);
      }
    };
  }
}
