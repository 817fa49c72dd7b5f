package dev.parigot.web.wiring;

import dev.parigot.artifact.ArtifactStore;
import dev.parigot.artifact.EmbeddedS3;
import dev.parigot.database.Database;
import dev.parigot.git.Repositories;
import dev.parigot.release.Artifacts;
import dev.parigot.release.Releases;
import dev.parigot.release.Uploads;
import dev.parigot.web.ParigotProperties;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Everything that lasts: the data folder, the database, artifacts, git repositories. */
@Configuration(proxyBeanMethods = false)
class StorageWiring {
  private static final Logger LOG = LoggerFactory.getLogger(StorageWiring.class);

  @Bean
  DataFolder dataFolder(ParigotProperties properties) {
    return DataFolder.open(properties.data());
  }

  @Bean
  Database database(ParigotProperties properties, DataFolder folder) {
    return Database.open(Storage.database(properties, folder));
  }

  @Bean(destroyMethod = "")
  DataSource dataSource(Database database) {
    return database.dataSource();
  }

  @Bean
  JdbcClient jdbcClient(Database database) {
    return database.jdbc();
  }

  @Bean
  PlatformTransactionManager transactionManager(Database database) {
    return database.transactionManager();
  }

  @Bean
  TransactionTemplate transactionTemplate(PlatformTransactionManager transactions) {
    return new TransactionTemplate(transactions);
  }

  @Bean
  @Conditional(NoS3Configured.class)
  EmbeddedS3 embeddedS3(DataFolder folder, SecureRandom random) {
    return EmbeddedS3.start(folder.resolve("s3"), random);
  }

  @Bean
  ArtifactStore artifactStore(ParigotProperties properties, ObjectProvider<EmbeddedS3> embedded) {
    return ArtifactStore.open(
        properties.s3().endpoint() == null
            ? embedded.getObject().settings()
            : Storage.s3(properties.s3()));
  }

  @Bean
  Artifacts artifacts(ArtifactStore store) {
    return new Artifacts(store);
  }

  @Bean
  Uploads uploads(
      JdbcClient jdbc, Releases releases, Artifacts artifacts, ArtifactStore store, Clock clock) {
    return new Uploads(jdbc, releases, artifacts, store, clock);
  }

  /** Removes what was sent, and was deployed or forgotten since. */
  @Bean(destroyMethod = "shutdownNow", defaultCandidate = false)
  ScheduledExecutorService uploadsSweeper(Uploads uploads) {
    ScheduledExecutorService thread =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("uploads").factory());
    thread.scheduleWithFixedDelay(() -> sweep(uploads), 1, 60, TimeUnit.MINUTES);
    return thread;
  }

  private static void sweep(Uploads uploads) {
    try {
      int removed = uploads.sweep();
      if (removed > 0) {
        LOG.info("{} uploads that were released or forgotten are removed", removed);
      }
    } catch (RuntimeException e) {
      LOG.warn("uploads could not be removed; tried again in an hour", e);
    }
  }

  @Bean
  Repositories repositories(DataFolder folder) {
    return new Repositories(folder.resolve("git"));
  }
}
