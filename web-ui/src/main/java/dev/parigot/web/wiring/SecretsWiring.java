package dev.parigot.web.wiring;

import dev.parigot.secret.Resealing;
import dev.parigot.secret.Seal;
import dev.parigot.secret.SealKey;
import dev.parigot.web.ParigotProperties;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The key by which values in the database are encrypted: the operator's, or one in a file. */
@Configuration(proxyBeanMethods = false)
class SecretsWiring {
  private static final Logger LOG = LoggerFactory.getLogger(SecretsWiring.class);

  /** Nobody gets it before all can be read with it. */
  @Bean
  Seal seal(
      ParigotProperties properties,
      DataFolder folder,
      SecureRandom random,
      JdbcClient jdbc,
      TransactionTemplate transactions) {
    String given = properties.secrets().key();
    SealKey key =
        given.isBlank()
            ? inFile(folder.resolve("keys").resolve("secrets.key"), random)
            : key("PARIGOT_SECRETS_KEY", given);
    List<SealKey> former =
        properties.secrets().formerKeys().stream()
            .map(each -> key("PARIGOT_SECRETS_FORMERKEYS", each))
            .toList();
    Seal seal = new Seal(key, former, random);
    int count = new Resealing(jdbc, transactions, seal).run();
    if (count > 0) {
      LOG.info("{} stored values are encrypted with the key {} now", count, seal.key());
    }
    return seal;
  }

  private static SealKey inFile(Path file, SecureRandom random) {
    try {
      Files.createDirectories(file.getParent());
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(
          file, SealKey.newText(random) + System.lineSeparator(), StandardOpenOption.SYNC);
      LOG.info("a key for what is secret was made, in {}: keep a copy of it elsewhere", file);
    } catch (FileAlreadyExistsException e) {
      // Made at an earlier start.
    } catch (IOException e) {
      throw new StartRefused("the file " + file + " can't be written: " + e, e);
    }
    try {
      return key(file.toString(), Files.readString(file));
    } catch (IOException e) {
      throw new StartRefused("the file " + file + " can't be read: " + e, e);
    }
  }

  private static SealKey key(String where, String text) {
    try {
      return SealKey.of(text);
    } catch (IllegalArgumentException e) {
      throw new StartRefused(
          where
              + " holds no key: "
              + e.getMessage()
              + ". Expected 32 bytes in Base64, as `openssl rand -base64 32` prints them",
          e);
    }
  }
}
