package dev.parigot.web.operator;

import dev.parigot.artifact.ArtifactStore;
import dev.parigot.backup.Backup;
import dev.parigot.database.Database;
import dev.parigot.git.Repositories;
import dev.parigot.web.wiring.DataFolder;
import java.security.SecureRandom;
import org.springframework.boot.info.BuildProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class OperatorWiring {
  @Bean
  Backup backup(
      Database database,
      ArtifactStore artifacts,
      Repositories repositories,
      DataFolder folder,
      BuildProperties build) {
    return Stores.backup(
        database, artifacts, repositories, folder, String.valueOf(build.getVersion()));
  }

  @Bean
  Door operatorDoor(DataFolder folder, Backup backup, SecureRandom random) {
    return Door.open(folder.resolve(OperatorCommand.FILE), backup, random);
  }
}
