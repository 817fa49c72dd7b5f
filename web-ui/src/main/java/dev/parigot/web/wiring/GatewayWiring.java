package dev.parigot.web.wiring;

import dev.parigot.app.Apps;
import dev.parigot.channel.Admission;
import dev.parigot.demo.DemoHost;
import dev.parigot.edge.Edge;
import dev.parigot.fleet.Fleet;
import dev.parigot.fleet.GuestThreads;
import dev.parigot.gate.SharedFailures;
import dev.parigot.relay.AppChannels;
import dev.parigot.release.Artifacts;
import dev.parigot.web.ParigotProperties;
import dev.parigot.web.gatewayhttp.ChannelStreams;
import dev.parigot.web.gatewayhttp.FailureHost;
import dev.parigot.web.gatewayhttp.HostFilter;
import dev.parigot.web.gatewayhttp.OwnDomains;
import dev.parigot.web.gatewayhttp.SecureHosts;
import dev.parigot.web.tls.HttpsPort;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** The way into apps. */
@Configuration(proxyBeanMethods = false)
class GatewayWiring {
  /**
   * As many as are quick to take turns; more requests at a time are handed over to guests' threads.
   */
  private static final int REQUESTS_PER_CORE = 8;

  @Bean(destroyMethod = "shutdownNow", defaultCandidate = false)
  ExecutorService requestThreads() {
    int cores = Runtime.getRuntime().availableProcessors();
    return GuestThreads.forRequests(REQUESTS_PER_CORE * cores, Thread::startVirtualThread);
  }

  /** A request is answered on a thread that may run guests, as long as there are any. */
  @Bean
  @Order(Ordered.LOWEST_PRECEDENCE)
  WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> threadsOfRequests(
      @Qualifier("requestThreads") ExecutorService threads) {
    return server -> server.addProtocolHandlerCustomizers(handler -> handler.setExecutor(threads));
  }

  /** The one place that decides who may listen. */
  @Bean
  Admission admission() {
    return Admission.BY_MANIFEST;
  }

  @Bean
  ChannelStreams channelStreams(Fleet fleet, Edge edge, AppChannels channels, Admission admission) {
    return new ChannelStreams(fleet, edge, channels, admission);
  }

  @Bean
  FailureHost failureHost(SharedFailures failures, Artifacts artifacts) {
    return new FailureHost(failures, artifacts);
  }

  @Bean
  FilterRegistrationBean<HostFilter> hostFilter(
      ParigotProperties properties,
      Apps apps,
      Edge edge,
      ChannelStreams streams,
      DemoHost demos,
      FailureHost failures,
      OwnDomains domains,
      ObjectProvider<HttpsPort> https) {
    var registration =
        new FilterRegistrationBean<>(
            new HostFilter(
                properties.appsDomain(),
                consoleHosts(properties),
                apps,
                edge,
                streams,
                demos,
                failures,
                domains,
                https.stream().<SecureHosts>map(port -> port).findFirst().orElse(SecureHosts.NONE),
                Thread::startVirtualThread));
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
    registration.setAsyncSupported(true);
    registration.setName("hosts");
    return registration;
  }

  /** Every name under which the console answers. */
  static List<String> consoleHosts(ParigotProperties properties) {
    List<String> consoleHosts = new ArrayList<>(properties.consoleHosts());
    if (properties.publicUrl() != null) {
      consoleHosts.add(properties.publicUrl().getHost());
    }
    return consoleHosts;
  }
}
