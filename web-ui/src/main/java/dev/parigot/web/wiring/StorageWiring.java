package dev.parigot.web.wiring;

import com.zaxxer.hikari.HikariDataSource;
import dev.parigot.web.ParigotProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Everything that lasts: the data folder, the database, the artifacts. */
@Configuration(proxyBeanMethods = false)
class StorageWiring {
  @Bean
  DataFolder dataFolder(ParigotProperties properties) {
    return DataFolder.open(properties.data());
  }

  @Bean
  HikariDataSource dataSource(ParigotProperties properties, DataFolder folder) {
    var source = new HikariDataSource();
    var database = properties.database();
    source.setPoolName("database");
    source.setMaximumPoolSize(16);
    if (database.url() == null) {
      // Without WRITE_DELAY=0 a kill loses commits that were acknowledged.
      source.setJdbcUrl(
          "jdbc:h2:file:" + folder.resolve("database") + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE");
    } else {
      source.setJdbcUrl(database.url());
    }
    source.setUsername(database.user());
    source.setPassword(database.password());
    return source;
  }
}
