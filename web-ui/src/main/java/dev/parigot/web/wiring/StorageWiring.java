package dev.parigot.web.wiring;

import dev.parigot.artifact.ArtifactStore;
import dev.parigot.artifact.EmbeddedS3;
import dev.parigot.database.Database;
import dev.parigot.git.Repositories;
import dev.parigot.release.Artifacts;
import dev.parigot.release.Ledger;
import dev.parigot.release.Releases;
import dev.parigot.release.Uploads;
import dev.parigot.web.ParigotProperties;
import java.security.SecureRandom;
import java.time.Clock;
import javax.sql.DataSource;
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
  Ledger ledger(JdbcClient jdbc, TransactionTemplate transactions, Clock clock) {
    return new Ledger(jdbc, transactions, clock);
  }

  @Bean
  Artifacts artifacts(ArtifactStore store, Ledger ledger) {
    return new Artifacts(store, ledger);
  }

  @Bean
  Uploads uploads(
      JdbcClient jdbc, Releases releases, Artifacts artifacts, ArtifactStore store, Clock clock) {
    return new Uploads(jdbc, releases, artifacts, store, clock);
  }

  @Bean
  Repositories repositories(DataFolder folder) {
    return new Repositories(folder.resolve("git"));
  }
}
