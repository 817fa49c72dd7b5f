package dev.parigot.web;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What an operator can set, under {@code parigot.}
 *
 * @param data the folder of all that lasts: database, artifacts, git repositories, log
 * @param publicUrl where users reach the console, if it is not {@code http://localhost:<port>}
 * @param appsDomain the domain under which every app gets a host of its own
 * @param consoleHosts names under which the console and the API answer, beside that of {@code
 *     publicUrl}
 * @param signUp whether strangers may make an account
 * @param signUpsPerHour how many accounts at most are made in an hour from one network address
 * @param allowInterpreter whether to start without the WASM compiler, 45 to 160 times slower
 * @param idle how long an instance above a service's {@code min} is kept without a call
 * @param rehearsal how long at most the platform calls a service of its own before it says that it
 *     is ready, so that the first users find it warm; 0s leaves it out
 * @param outboundPrivate hosts, addresses and ranges such as {@code 10.1.0.0/16} that apps may send
 *     requests to although they are not public
 */
@ConfigurationProperties("parigot")
public record ParigotProperties(
    @DefaultValue(".parigot/data") Path data,
    @Nullable URI publicUrl,
    @DefaultValue("localhost") String appsDomain,
    @DefaultValue({"localhost", "127.0.0.1", "[::1]"}) List<String> consoleHosts,
    @DefaultValue("true") boolean signUp,
    @DefaultValue("60") int signUpsPerHour,
    @DefaultValue("false") boolean allowInterpreter,
    @DefaultValue("5m") Duration idle,
    @DefaultValue("6s") Duration rehearsal,
    @DefaultValue List<String> outboundPrivate,
    @DefaultValue Secrets secrets,
    @DefaultValue Database database,
    @DefaultValue S3 s3) {

  /**
   * What encrypts configuration and secrets in the database.
   *
   * @param key 32 bytes in Base64; without it, one in a file of the data folder
   * @param formerKeys by which something may be encrypted still; it is encrypted anew at start
   */
  public record Secrets(@DefaultValue("") String key, @DefaultValue List<String> formerKeys) {
    @Override
    public String toString() {
      return "Secrets[" + (key.isEmpty() ? "no key" : "a key") + "]";
    }
  }

  /**
   * The relational database.
   *
   * @param url of a PostgreSQL server, as JDBC has it; without it, H2 in files of the data folder
   * @param connections the most connections to a server at a time
   */
  public record Database(
      @Nullable String url,
      @DefaultValue("") String user,
      @DefaultValue("") String password,
      @DefaultValue("16") int connections) {}

  /**
   * Where artifacts are stored.
   *
   * @param endpoint an S3 server; without it, an embedded one on the loopback with its files in the
   *     data folder
   */
  public record S3(
      @Nullable URI endpoint,
      @DefaultValue("us-east-1") String region,
      @DefaultValue("parigot") String bucket,
      @DefaultValue("") String accessKey,
      @DefaultValue("") String secretKey) {}
}
