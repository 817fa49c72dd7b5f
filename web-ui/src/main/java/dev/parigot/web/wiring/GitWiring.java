package dev.parigot.web.wiring;

import dev.parigot.app.App;
import dev.parigot.app.Apps;
import dev.parigot.app.Branch;
import dev.parigot.app.Stagings;
import dev.parigot.git.Deployer;
import dev.parigot.git.GitRemote;
import dev.parigot.git.Reconciliation;
import dev.parigot.git.Repositories;
import dev.parigot.pipeline.Branches;
import dev.parigot.pipeline.DeployOptions;
import dev.parigot.pipeline.Pipeline;
import dev.parigot.pipeline.Progress;
import dev.parigot.pipeline.SourceTree;
import dev.parigot.release.Releases;
import dev.parigot.web.AppRemoval;
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
  Branches branches(Stagings stagings, Pipeline pipeline, AppRemoval removal) {
    return new Branches(stagings, pipeline, removal::end);
  }

  @Bean
  ServletRegistrationBean<GitRemote> gitRemote(
      Repositories repositories,
      Apps apps,
      Branches branches,
      @Qualifier("gitThreads") ExecutorService gitThreads) {
    var registration =
        new ServletRegistrationBean<>(
            new GitRemote(
                repositories,
                request -> CurrentAccount.find(),
                apps::requireProduction,
                deployer(branches),
                gitThreads),
            "/git/*");
    registration.setName("git");
    return registration;
  }

  private static Deployer deployer(Branches branches) {
    return new Deployer() {
      @Override
      public Pipeline.Prepared prepare(
          App app,
          Branch branch,
          String by,
          SourceTree source,
          DeployOptions options,
          Progress progress) {
        return branches.prepare(app, branch, by, source, options, progress);
      }

      @Override
      public boolean remove(App app, Branch branch) {
        return branches.remove(app, branch);
      }
    };
  }

  @Bean
  Reconciliation reconciliation(Repositories repositories, Apps apps, Releases releases) {
    return new Reconciliation(repositories, apps, releases);
  }
}
