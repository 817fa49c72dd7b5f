package dev.parigot.web.wiring;

import dev.parigot.account.AccessTokens;
import dev.parigot.account.Accounts;
import dev.parigot.app.Apps;
import dev.parigot.fleet.Fleet;
import dev.parigot.gateway.Gateway;
import dev.parigot.keyvalue.KeyValues;
import dev.parigot.metering.Metering;
import dev.parigot.observe.Events;
import dev.parigot.observe.Logs;
import dev.parigot.pipeline.Pipeline;
import dev.parigot.release.Releases;
import dev.parigot.web.Addresses;
import dev.parigot.web.ParigotProperties;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** The platform itself. */
@Configuration(proxyBeanMethods = false)
class PlatformWiring {
  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }

  @Bean
  Addresses addresses(ParigotProperties properties, Environment environment) {
    return new Addresses(
        properties.publicUrl(),
        properties.appsDomain(),
        () ->
            environment.getProperty(
                "local.server.port",
                Integer.class,
                environment.getProperty("server.port", Integer.class, 8080)));
  }

  @Bean
  Accounts accounts() {
    return new Accounts();
  }

  @Bean
  AccessTokens accessTokens() {
    return new AccessTokens();
  }

  @Bean
  Apps apps() {
    return new Apps();
  }

  @Bean
  Releases releases() {
    return new Releases();
  }

  @Bean
  KeyValues keyValues() {
    return new KeyValues();
  }

  @Bean
  Metering metering() {
    return new Metering();
  }

  @Bean
  Events events() {
    return new Events();
  }

  @Bean
  Logs logs() {
    return new Logs();
  }

  @Bean(destroyMethod = "")
  Fleet fleet() {
    return new Fleet();
  }

  @Bean
  Gateway gateway() {
    return new Gateway();
  }

  @Bean
  Pipeline pipeline() {
    return new Pipeline();
  }
}
