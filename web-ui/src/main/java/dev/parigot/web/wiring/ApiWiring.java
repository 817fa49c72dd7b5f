package dev.parigot.web.wiring;

import dev.parigot.account.Accounts;
import dev.parigot.app.Apps;
import dev.parigot.observe.Events;
import dev.parigot.observe.Logs;
import dev.parigot.web.api.ApiVersion;
import dev.parigot.web.api.BodyLimit;
import dev.parigot.web.api.LogStreams;
import dev.parigot.web.api.Nothing;
import dev.parigot.web.api.OpenApi;
import dev.parigot.web.api.ReleaseAnswers;
import dev.parigot.web.problem.ProblemWriter;
import dev.parigot.web.security.OpenSessions;
import dev.parigot.web.security.Passwords;
import org.springframework.boot.info.BuildProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.security.web.authentication.rememberme.PersistentTokenRepository;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;
import tools.jackson.databind.json.JsonMapper;

/** What the REST API and the console do alike, and what the API needs beside its controllers. */
@Configuration(proxyBeanMethods = false)
class ApiWiring {
  @Bean
  ProblemWriter problemWriter(JsonMapper json) {
    return new ProblemWriter(json);
  }

  @Bean
  OpenSessions openSessions() {
    return new OpenSessions();
  }

  @Bean
  Passwords passwords(
      Accounts accounts, PersistentTokenRepository rememberedLogins, OpenSessions sessions) {
    return new Passwords(accounts, rememberedLogins, sessions);
  }

  @Bean
  LogStreams logStreams(Apps apps, Logs logs, Events events, JsonMapper json) {
    return new LogStreams(apps, logs, events, json);
  }

  @Bean
  ReleaseAnswers releaseAnswers(JsonMapper json) {
    return new ReleaseAnswers(json, Thread.ofVirtual().name("progress-", 0)::start);
  }

  /** After the security chains, so that strangers are turned away first. */
  @Bean
  FilterRegistrationBean<BodyLimit> bodyLimit(ProblemWriter problems) {
    var registration = new FilterRegistrationBean<>(new BodyLimit(problems));
    registration.addUrlPatterns("/api/*");
    registration.setOrder(Ordered.LOWEST_PRECEDENCE);
    return registration;
  }

  /** Before the security chains, so that it is told with a refusal, too. */
  @Bean
  FilterRegistrationBean<ApiVersion> apiVersion(BuildProperties build) {
    var registration =
        new FilterRegistrationBean<>(new ApiVersion(String.valueOf(build.getVersion())));
    registration.addUrlPatterns("/api/*");
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
    return registration;
  }

  @Bean
  OpenApi openApi() {
    return new OpenApi();
  }

  @Bean
  SimpleUrlHandlerMapping nothing(ProblemWriter problems) {
    return Nothing.mapping(problems);
  }
}
