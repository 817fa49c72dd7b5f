package dev.parigot.web.wiring;

import com.vaadin.flow.spring.security.AuthenticationContext;
import dev.parigot.app.Apps;
import dev.parigot.app.Stagings;
import dev.parigot.demo.Demos;
import dev.parigot.fleet.Fleet;
import dev.parigot.git.Repositories;
import dev.parigot.metering.Metering;
import dev.parigot.observe.Events;
import dev.parigot.observe.Logs;
import dev.parigot.pipeline.Pipeline;
import dev.parigot.release.Releases;
import dev.parigot.web.Addresses;
import dev.parigot.web.AppRemoval;
import dev.parigot.web.console.Pulse;
import dev.parigot.web.console.Viewer;
import dev.parigot.web.console.demos.Sharing;
import dev.parigot.web.console.staging.Overview;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the console's views share. */
@Configuration(proxyBeanMethods = false)
class ConsoleWiring {
  @Bean(destroyMethod = "shutdownNow", defaultCandidate = false)
  ScheduledExecutorService consoleBeats() {
    return Executors.newScheduledThreadPool(
        2, Thread.ofPlatform().daemon().name("console-", 0).factory());
  }

  @Bean(destroyMethod = "shutdownNow", defaultCandidate = false)
  ExecutorService consoleWork() {
    return Executors.newCachedThreadPool(
        Thread.ofPlatform().daemon().name("console-work-", 0).factory());
  }

  @Bean
  Pulse pulse(
      @Qualifier("consoleBeats") ScheduledExecutorService consoleBeats,
      @Qualifier("consoleWork") ExecutorService consoleWork) {
    return new Pulse(consoleBeats, consoleWork);
  }

  @Bean
  AppRemoval appRemoval(
      Apps apps,
      Stagings stagings,
      Fleet fleet,
      Repositories repositories,
      Logs logs,
      Metering metering,
      Events events) {
    return new AppRemoval(apps, stagings, fleet, repositories, logs, metering, events);
  }

  @Bean
  Viewer viewer(AuthenticationContext authentication) {
    return new Viewer(authentication);
  }

  @Bean
  Overview stagingOverview(Stagings stagings, Releases releases, Fleet fleet, Pipeline pipeline) {
    return new Overview(stagings, releases, fleet, pipeline);
  }

  @Bean
  Sharing sharing(Demos demos, Releases releases, Addresses addresses, Clock clock, Pulse pulse) {
    return new Sharing(demos, releases, addresses, clock, pulse);
  }
}
