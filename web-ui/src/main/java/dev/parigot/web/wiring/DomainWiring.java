package dev.parigot.web.wiring;

import dev.parigot.app.App;
import dev.parigot.app.Apps;
import dev.parigot.domain.AcmeAuthority;
import dev.parigot.domain.AcmeSettings;
import dev.parigot.domain.Certificates;
import dev.parigot.domain.Certifier;
import dev.parigot.domain.DnsRecords;
import dev.parigot.domain.Domains;
import dev.parigot.secret.Seal;
import dev.parigot.web.Addresses;
import dev.parigot.web.DomainOffer;
import dev.parigot.web.ParigotProperties;
import dev.parigot.web.gatewayhttp.OwnDomains;
import dev.parigot.web.tls.HttpsPort;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Domains of apps, their certificates, and the port that shows these. */
@Configuration(proxyBeanMethods = false)
class DomainWiring {
  private static final Logger LOG = LoggerFactory.getLogger(DomainWiring.class);
  private static final int LOOK_SECONDS = 5;
  private static final int NAME_SERVER_PORT = 53;

  @Bean
  Domains domains(
      JdbcClient jdbc, Apps apps, ParigotProperties properties, Clock clock, SecureRandom random) {
    List<String> own = new ArrayList<>(GatewayWiring.consoleHosts(properties));
    own.add(properties.appsDomain());
    DnsRecords records = DnsRecords.by(resolver(properties.domains().resolver()));
    return new Domains(jdbc, apps, records, own, clock, random);
  }

  private static @Nullable InetSocketAddress resolver(@Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      URI address = URI.create("dns://" + text);
      int port = address.getPort() < 0 ? NAME_SERVER_PORT : address.getPort();
      if (address.getHost() != null) {
        return new InetSocketAddress(address.getHost(), port);
      }
    } catch (IllegalArgumentException e) {
      // Told below.
    }
    throw new StartRefused(
        "parigot.domains.resolver: \"" + text + "\" is no name server such as 10.0.0.2");
  }

  @Bean
  Certificates certificates(JdbcClient jdbc, Seal seal, Clock clock) {
    return new Certificates(jdbc, seal, clock);
  }

  @Bean
  OwnDomains ownDomains(Domains domains, Certificates certificates) {
    return new OwnDomains() {
      @Override
      public Optional<App> appAt(String host) {
        return domains.appAt(host);
      }

      @Override
      public Optional<String> challenge(String host, String token) {
        return domains.appAt(host).flatMap(_ -> certificates.challenge(host, token));
      }
    };
  }

  @Bean
  DomainOffer domainOffer(
      ParigotProperties properties, Addresses addresses, ObjectProvider<HttpsPort> https) {
    return new DomainOffer(
        properties.tls().port() != null && properties.acme().directory() != null,
        addresses,
        host -> https.getObject().origin(host));
  }

  @Bean
  @ConditionalOnProperty("parigot.tls.port")
  HttpsPort httpsPort(
      ParigotProperties properties,
      Certificates certificates,
      @Qualifier("requestThreads") ExecutorService threads) {
    ParigotProperties.Tls tls = properties.tls();
    Integer port = tls.port();
    try {
      return HttpsPort.open(
          new HttpsPort.Settings(
              port == null ? 0 : port, tls.publicPort(), tls.redirect(), tls.hsts()),
          certificates,
          tls.certificate(),
          tls.key(),
          threads);
    } catch (IllegalArgumentException e) {
      throw new StartRefused("parigot.tls.certificate and parigot.tls.key " + e.getMessage(), e);
    }
  }

  @Bean
  @ConditionalOnProperty("parigot.tls.port")
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> httpsConnector(HttpsPort https) {
    return server -> server.addAdditionalConnectors(https.connector());
  }

  /** Looks for the records of domains that are to be proved. */
  @Bean(destroyMethod = "shutdown", defaultCandidate = false)
  ScheduledExecutorService domainsThread(Domains domains) {
    return every("domains", domains::look);
  }

  /** Lets the HTTPS port notice what was issued. */
  @Bean(destroyMethod = "shutdown", defaultCandidate = false)
  @ConditionalOnProperty("parigot.tls.port")
  ScheduledExecutorService httpsThread(HttpsPort https) {
    return every("https", https::look);
  }

  /** Has certificates issued; an attempt may take minutes. */
  @Bean(destroyMethod = "shutdown", defaultCandidate = false)
  @ConditionalOnProperty({"parigot.tls.port", "parigot.acme.directory"})
  ScheduledExecutorService certifierThread(
      ParigotProperties properties, Certificates certificates, HttpsPort https, Clock clock) {
    ParigotProperties.Acme acme = properties.acme();
    URI directory = acme.directory();
    if (directory == null) {
      throw new StartRefused("parigot.acme.directory is empty");
    }
    AcmeSettings settings =
        new AcmeSettings(directory, acme.contact(), acme.keyId(), acme.keySecret(), acme.trust());
    Certifier certifier =
        new Certifier(certificates, authority(settings, certificates), https::look, clock);
    return every(
        "certificates",
        () -> {
          try {
            // The authority asks here: not before somebody answers.
            if (https.listens()) {
              certifier.look();
            }
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  private static AcmeAuthority authority(AcmeSettings settings, Certificates certificates) {
    try {
      return new AcmeAuthority(
          settings, () -> certificates.accountKey(settings.directory().toString()));
    } catch (IllegalArgumentException e) {
      throw new StartRefused("parigot.acme.trust: " + e.getMessage(), e);
    }
  }

  /** Never interrupted: that would close the embedded database under those who still use it. */
  private static ScheduledExecutorService every(String name, Runnable look) {
    ScheduledExecutorService thread =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name(name).factory());
    thread.scheduleWithFixedDelay(
        () -> {
          try {
            look.run();
          } catch (RuntimeException e) {
            LOG.warn("{} could not be looked after; tried again soon", name, e);
          }
        },
        LOOK_SECONDS,
        LOOK_SECONDS,
        TimeUnit.SECONDS);
    return thread;
  }
}
