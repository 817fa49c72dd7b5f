package dev.parigot.web.wiring;

import com.vaadin.flow.spring.security.AuthenticationContext;
import dev.parigot.web.console.Pulse;
import dev.parigot.web.console.Viewer;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the console's views share. */
@Configuration(proxyBeanMethods = false)
class ConsoleWiring {
  @Bean(destroyMethod = "shutdownNow")
  ScheduledExecutorService consoleBeats() {
    return Executors.newScheduledThreadPool(
        2, Thread.ofPlatform().daemon().name("console-", 0).factory());
  }

  @Bean(destroyMethod = "shutdownNow")
  ExecutorService consoleWork() {
    return Executors.newVirtualThreadPerTaskExecutor();
  }

  @Bean
  Pulse pulse(ScheduledExecutorService consoleBeats, ExecutorService consoleWork) {
    return new Pulse(consoleBeats, consoleWork);
  }

  @Bean
  Viewer viewer(AuthenticationContext authentication) {
    return new Viewer(authentication);
  }
}
