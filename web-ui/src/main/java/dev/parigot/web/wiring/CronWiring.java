package dev.parigot.web.wiring;

import dev.parigot.app.Apps;
import dev.parigot.cron.Jobs;
import dev.parigot.fleet.Fleet;
import dev.parigot.observe.Events;
import dev.parigot.observe.Logs;
import dev.parigot.release.Releases;
import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.transaction.support.TransactionTemplate;

/** The schedules, which begin to fire when the platform answers. */
@Configuration(proxyBeanMethods = false)
class CronWiring {
  @Bean(destroyMethod = "shutdownNow", defaultCandidate = false)
  ScheduledExecutorService cronThread() {
    return Executors.newSingleThreadScheduledExecutor(
        Thread.ofPlatform().daemon().name("cron").factory());
  }

  @Bean
  Jobs jobs(
      Apps apps,
      Releases releases,
      Fleet fleet,
      Logs logs,
      Events events,
      Clock clock,
      DataSource database,
      TransactionTemplate transactions,
      @Qualifier("cronThread") ScheduledExecutorService thread) {
    return new Jobs(
        new Jobs.Surroundings(apps, releases, logs, events, clock),
        fleet,
        database,
        transactions,
        thread);
  }

  @Bean
  FirstTick firstTick(Jobs jobs) {
    return new FirstTick(jobs);
  }

  /** Starts them once the fleet has its releases again. */
  static final class FirstTick {
    private final Jobs jobs;

    private FirstTick(Jobs jobs) {
      this.jobs = jobs;
    }

    @EventListener(ApplicationReadyEvent.class)
    void start() {
      jobs.start();
    }
  }
}
