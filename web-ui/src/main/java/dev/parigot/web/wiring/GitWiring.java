package dev.parigot.web.wiring;

import dev.parigot.app.Apps;
import dev.parigot.git.GitRemote;
import dev.parigot.git.Reconciliation;
import dev.parigot.git.Repositories;
import dev.parigot.pipeline.Pipeline;
import dev.parigot.release.Releases;
import dev.parigot.web.security.CurrentAccount;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The git remote. */
@Configuration(proxyBeanMethods = false)
class GitWiring {
  @Bean(defaultCandidate = false)
  ExecutorService gitThreads() {
    return Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("git-", 0).factory());
  }

  @Bean
  ServletRegistrationBean<GitRemote> gitRemote(
      Repositories repositories,
      Apps apps,
      Pipeline pipeline,
      @Qualifier("gitThreads") ExecutorService gitThreads) {
    var registration =
        new ServletRegistrationBean<>(
            new GitRemote(
                repositories,
                request -> CurrentAccount.find(),
                apps::require,
                pipeline::prepare,
                gitThreads),
            "/git/*");
    registration.setName("git");
    return registration;
  }

  @Bean
  Reconciliation reconciliation(Repositories repositories, Releases releases) {
    return new Reconciliation(repositories, releases);
  }
}
