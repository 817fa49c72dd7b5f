package dev.parigot.web.wiring;

import dev.parigot.account.AccessTokens;
import dev.parigot.account.Accounts;
import dev.parigot.account.Passwords;
import dev.parigot.app.Apps;
import dev.parigot.app.Secrets;
import dev.parigot.app.Stagings;
import dev.parigot.database.Database;
import dev.parigot.database.DatabaseSettings;
import dev.parigot.demo.Contents;
import dev.parigot.demo.DemoHost;
import dev.parigot.demo.Demos;
import dev.parigot.edge.Edge;
import dev.parigot.fleet.Fleet;
import dev.parigot.gate.Gate;
import dev.parigot.gate.GateRuns;
import dev.parigot.gate.SharedFailures;
import dev.parigot.keyvalue.KeyValues;
import dev.parigot.metering.Metering;
import dev.parigot.observe.Events;
import dev.parigot.observe.Logs;
import dev.parigot.outbound.OutboundHttp;
import dev.parigot.pipeline.Pipeline;
import dev.parigot.queue.Messages;
import dev.parigot.relay.AppChannels;
import dev.parigot.relay.RelayTable;
import dev.parigot.release.Artifacts;
import dev.parigot.release.Releases;
import dev.parigot.remote.RemoteCalls;
import dev.parigot.secret.Seal;
import dev.parigot.user.SignIns;
import dev.parigot.user.Users;
import dev.parigot.web.Addresses;
import dev.parigot.web.ParigotProperties;
import dev.parigot.web.openid.SpringOpenId;
import java.security.SecureRandom;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.transaction.support.TransactionTemplate;

/** The platform itself. */
@Configuration(proxyBeanMethods = false)
class PlatformWiring {
  private static final int MOST_REMOTE_CALLS = 10_000;

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
  SecureRandom random() {
    return new SecureRandom();
  }

  @Bean
  PasswordEncoder passwordEncoder() {
    return Passwords.encoder();
  }

  @Bean
  AccessTokens accessTokens(JdbcClient jdbc, SecureRandom random, Clock clock) {
    return new AccessTokens(jdbc, random, clock);
  }

  @Bean
  Accounts accounts(
      JdbcClient jdbc,
      TransactionTemplate transactions,
      PasswordEncoder passwords,
      AccessTokens tokens,
      Clock clock,
      ParigotProperties properties) {
    return new Accounts(
        jdbc,
        transactions,
        passwords,
        tokens,
        clock,
        new Accounts.SignUps(properties.signUp(), properties.signUpsPerHour()));
  }

  @Bean
  Apps apps(JdbcClient jdbc, TransactionTemplate transactions, Clock clock, Seal seal) {
    return new Apps(jdbc, transactions, clock, seal);
  }

  @Bean
  Stagings stagings(
      JdbcClient jdbc,
      TransactionTemplate transactions,
      Clock clock,
      Apps apps,
      ParigotProperties properties) {
    return new Stagings(jdbc, transactions, clock, apps, properties.stagingPerApp());
  }

  @Bean
  Secrets secrets(JdbcClient jdbc, TransactionTemplate transactions, Clock clock, Seal seal) {
    return new Secrets(jdbc, transactions, clock, seal);
  }

  @Bean
  Releases releases(JdbcClient jdbc, TransactionTemplate transactions, Clock clock, Seal seal) {
    return new Releases(jdbc, transactions, clock, seal);
  }

  @Bean
  KeyValues keyValues(JdbcClient jdbc) {
    return new KeyValues(jdbc);
  }

  @Bean
  Messages messages(JdbcClient jdbc, Clock clock) {
    return new Messages(jdbc, clock);
  }

  /** An embedded database is this process's alone: there are no other nodes. */
  @Bean
  AppChannels appChannels(
      ParigotProperties properties,
      DataFolder folder,
      Database database,
      SecureRandom random,
      Clock clock) {
    return switch (Storage.database(properties, folder)) {
      case DatabaseSettings.Embedded _ -> AppChannels.alone(random, clock);
      case DatabaseSettings.Server _ ->
          AppChannels.among(random, clock, new RelayTable(database, clock));
    };
  }

  @Bean
  Metering metering(Clock clock) {
    return new Metering(clock);
  }

  @Bean
  Events events() {
    return new Events();
  }

  @Bean
  Logs logs(Clock clock, Secrets secrets) {
    return new Logs(clock, secrets::mask);
  }

  @Bean
  GateRuns gateRuns(JdbcClient jdbc, Clock clock) {
    return new GateRuns(jdbc, clock);
  }

  @Bean
  SharedFailures sharedFailures(JdbcClient jdbc, SecureRandom random, Clock clock) {
    return new SharedFailures(jdbc, random, clock);
  }

  @Bean
  Pipeline pipeline(
      Apps apps,
      Secrets secrets,
      Releases releases,
      Artifacts artifacts,
      Gate gate,
      Fleet fleet,
      Events events,
      Clock clock,
      Addresses addresses) {
    return new Pipeline(
        apps,
        secrets,
        releases,
        artifacts,
        gate,
        fleet,
        events,
        clock,
        app -> addresses.of(app.name()));
  }

  @Bean
  Edge edge(Fleet fleet, Artifacts artifacts, Logs logs, SignIns signIns, Addresses addresses) {
    return new Edge(fleet, artifacts, logs, signIns, app -> addresses.git(app.name()));
  }

  @Bean
  Users users(
      JdbcClient jdbc,
      PasswordEncoder passwords,
      Clock clock,
      SecureRandom random,
      AppChannels channels) {
    return new Users(jdbc, passwords, clock, random, channels::doubtAll);
  }

  @Bean
  SignIns signIns(Users users, Secrets secrets, OutboundHttp outbound, SecureRandom random) {
    return new SignIns(users, new SpringOpenId(secrets::values, outbound, random));
  }

  @Bean
  RemoteCalls remoteCalls(Fleet fleet, Logs logs, Clock clock, ParigotProperties properties) {
    int perSecond = properties.remoteCallsPerSecond();
    if (perSecond < 1 || perSecond > MOST_REMOTE_CALLS) {
      throw new StartRefused(
          "parigot.remote-calls-per-second is a number from 1 to " + MOST_REMOTE_CALLS);
    }
    return new RemoteCalls(fleet, logs, clock, perSecond);
  }

  @Bean
  Contents demoContents(JdbcClient jdbc, Artifacts artifacts) {
    return new Contents(jdbc, artifacts);
  }

  @Bean
  Demos demos(
      JdbcClient jdbc,
      TransactionTemplate transactions,
      Apps apps,
      Releases releases,
      Contents contents,
      Events events,
      Clock clock,
      SecureRandom random) {
    return new Demos(jdbc, transactions, apps, releases, contents, events, clock, random);
  }

  @Bean
  DemoHost demoHost(Demos demos, Contents contents, Artifacts artifacts) {
    return new DemoHost(demos, contents, artifacts);
  }
}
