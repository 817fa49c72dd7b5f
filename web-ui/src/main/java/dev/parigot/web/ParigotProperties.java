package dev.parigot.web;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

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
 * @param coresPerApp cores of which one app may take the time, on average; 0 for all that nobody
 *     else needs
 * @param memoryPerApp what the instances of one app may take; by default half of the heap
 * @param stagingPerApp how many branches of an app are in staging at a time at most
 * @param gateLimit how long the tests of a push may take
 * @param releasesKept how many releases of an app that were live are kept to roll back to, 10 at
 *     least; as many that failed
 * @param rehearsal how long at most the platform calls a service of its own before it says that it
 *     is ready, so that the first users find it warm; 0s leaves it out
 * @param outboundPrivate hosts, addresses and ranges such as {@code 10.1.0.0/16} that apps may send
 *     requests to although they are not public
 * @param remoteCallsPerSecond how many calls an account may make of an app's services by {@code
 *     parigot local --remote} in a second, over ten seconds
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
    @DefaultValue("0") double coresPerApp,
    @Nullable DataSize memoryPerApp,
    @DefaultValue("20") int stagingPerApp,
    @DefaultValue("5m") Duration gateLimit,
    @DefaultValue("50") int releasesKept,
    @DefaultValue("6s") Duration rehearsal,
    @DefaultValue List<String> outboundPrivate,
    @DefaultValue("50") int remoteCallsPerSecond,
    @DefaultValue Domains domains,
    @DefaultValue Tls tls,
    @DefaultValue Acme acme,
    @DefaultValue Secrets secrets,
    @DefaultValue Database database,
    @DefaultValue S3 s3) {

  /**
   * Domains of apps beside those that the platform gives them.
   *
   * @param resolver the name server that is asked for their records, such as {@code 10.0.0.2} or
   *     {@code 127.0.0.1:5353}; without it, those that this machine uses
   */
  public record Domains(@Nullable String resolver) {}

  /**
   * HTTPS.
   *
   * @param port where it is spoken; without it nowhere
   * @param publicPort where clients reach that port, if it is another one
   * @param certificate a file with the operator's certificate and its chain in PEM
   * @param key a file with its key in PEM
   * @param redirect whether requests over HTTP to a host with a certificate are sent to HTTPS
   * @param hsts for how long browsers are told to come by HTTPS only; 0s tells them nothing
   */
  public record Tls(
      @Nullable Integer port,
      @DefaultValue("0") int publicPort,
      @Nullable Path certificate,
      @Nullable Path key,
      @DefaultValue("true") boolean redirect,
      @DefaultValue("0s") Duration hsts) {}

  /**
   * Certificates for the domains of apps, by ACME.
   *
   * @param directory of the certificate authority; without it there are none
   * @param contact an e-mail that it can write to
   * @param keyId of an account that the operator has there already (external account binding)
   * @param keySecret that belongs to it
   * @param trust a file with certificates in PEM of authorities that its own certificate may be
   *     from beside the usual ones
   */
  public record Acme(
      @Nullable URI directory,
      @DefaultValue("") String contact,
      @DefaultValue("") String keyId,
      @DefaultValue("") String keySecret,
      @Nullable Path trust) {}

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
