package dev.parigot.web.wiring;

import dev.parigot.app.Apps;
import dev.parigot.edge.Edge;
import dev.parigot.web.ParigotProperties;
import dev.parigot.web.gatewayhttp.HostFilter;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/** The way into apps. */
@Configuration(proxyBeanMethods = false)
class GatewayWiring {
  @Bean
  FilterRegistrationBean<HostFilter> hostFilter(
      ParigotProperties properties, Apps apps, Edge edge) {
    List<String> consoleHosts = new ArrayList<>(properties.consoleHosts());
    if (properties.publicUrl() != null) {
      consoleHosts.add(properties.publicUrl().getHost());
    }
    var registration =
        new FilterRegistrationBean<>(
            new HostFilter(properties.appsDomain(), consoleHosts, apps, edge));
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
    registration.setAsyncSupported(true);
    registration.setName("hosts");
    return registration;
  }
}
