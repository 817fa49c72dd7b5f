package dev.parigot.domain;

import dev.parigot.domain.CertificateAuthority.Issued;
import dev.parigot.secret.Places;
import dev.parigot.secret.Seal;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The certificates of proved domains, in the database; their keys are sealed. */
public final class Certificates {
  private static final String ALGORITHM = "EC";
  private static final Base64.Encoder PEM = Base64.getMimeEncoder(64, new byte[] {'\n'});

  /** Renewed when a third of its life is left. */
  private static final int LIVES = 3;

  private final JdbcClient jdbc;
  private final Seal seal;
  private final Clock clock;

  public Certificates(JdbcClient jdbc, Seal seal, Clock clock) {
    this.jdbc = jdbc;
    this.seal = seal;
    this.clock = clock;
  }

  /** A domain that a certificate is to be had for. */
  record Due(long domain, HostName host, int failures) {}

  /** Those proved domains that have none, or one to renew, and are not being tried now. */
  List<Due> due(int limit) {
    return jdbc.sql(
            """
            SELECT d.id, d.proved_host, c.failures
            FROM domains d LEFT JOIN certificates c ON c.domain_id = d.id
            WHERE d.proved_host IS NOT NULL AND (c.domain_id IS NULL OR c.next_try_at <= :now)
            ORDER BY d.id LIMIT :limit
            """)
        .param("now", at(now()))
        .param("limit", limit)
        .query((row, _) ->
            new Due(
                row.getLong("id"),
                new HostName(row.getString("proved_host")),
                row.getInt("failures")))
        .list();
  }

  /** Takes the attempt for that long, for this node alone; false if another one has it. */
  boolean begin(Due due, Duration lease) {
    Instant now = now();
    try {
      jdbc.sql(
              """
              INSERT INTO certificates (domain_id, next_try_at)
              SELECT id, :until FROM domains WHERE id = :id
              AND NOT EXISTS (SELECT 1 FROM certificates WHERE domain_id = :id)
              """)
          .param("until", at(now))
          .param("id", due.domain())
          .update();
    } catch (DuplicateKeyException e) {
      // Another node was first; who has the attempt is told below.
    }
    return jdbc.sql(
                """
                UPDATE certificates SET next_try_at = :until
                WHERE domain_id = :id AND next_try_at <= :now
                """)
            .param("until", at(now.plus(lease)))
            .param("now", at(now))
            .param("id", due.domain())
            .update()
        == 1;
  }

  void challenge(Due due, String token, String answer) {
    jdbc.sql(
            """
            UPDATE certificates SET challenge_token = :token, challenge_answer = :answer
            WHERE domain_id = :id
            """)
        .param("token", token)
        .param("answer", answer)
        .param("id", due.domain())
        .update();
  }

  /** What the host has to answer to that challenge, if a certificate for it is being had. */
  public Optional<String> challenge(String host, String token) {
    return jdbc.sql(
            """
            SELECT c.challenge_answer
            FROM certificates c JOIN domains d ON d.id = c.domain_id
            WHERE d.proved_host = :host AND c.challenge_token = :token
            """)
        .param("host", host)
        .param("token", token)
        .query(String.class)
        .optional();
  }

  void issued(Due due, Issued issued) {
    X509Certificate own = issued.chain().getFirst();
    Instant from = own.getNotBefore().toInstant();
    Instant end = own.getNotAfter().toInstant();
    Instant renewal = end.minus(Duration.between(from, end).dividedBy(LIVES));
    Seal.Sealed key = closed(issued.key().getEncoded(), Places.certificate(due.domain()));
    jdbc.sql(
            """
            UPDATE certificates
            SET chain = :chain, private_key = :key, seal_key = :sealKey, not_before = :from, not_after = :end,
              failure = NULL, failures = 0, next_try_at = :renewal,
              challenge_token = NULL, challenge_answer = NULL
            WHERE domain_id = :id
            """)
        .param("chain", pem(issued.chain()))
        .param("key", key.text())
        .param("sealKey", key.key())
        .param("from", at(from))
        .param("end", at(end))
        .param("renewal", at(renewal.isAfter(now()) ? renewal : end))
        .param("id", due.domain())
        .update();
  }

  void failed(Due due, String why, Instant nextTry) {
    jdbc.sql(
            """
            UPDATE certificates
            SET failure = :why, failures = failures + 1, next_try_at = :next,
              challenge_token = NULL, challenge_answer = NULL
            WHERE domain_id = :id
            """)
        .param("why", why.substring(0, Math.min(why.length(), 1000)))
        .param("next", at(nextTry))
        .param("id", due.domain())
        .update();
  }

  /**
   * The end of each certificate that there is by its host: what has changed since is seen by it.
   */
  public Map<String, Instant> ends() {
    Map<String, Instant> ends = new HashMap<>();
    jdbc.sql(
            """
            SELECT d.proved_host, c.not_after
            FROM certificates c JOIN domains d ON d.id = c.domain_id
            WHERE c.chain IS NOT NULL AND d.proved_host IS NOT NULL
            """)
        .query(row -> {
          ends.put(
              row.getString("proved_host"),
              row.getObject("not_after", OffsetDateTime.class).toInstant());
        });
    return ends;
  }

  /** The certificate of a host with its key, if it has one. */
  public Optional<Issued> of(String host) {
    return jdbc.sql(
            """
            SELECT c.domain_id, c.chain, c.private_key, c.seal_key
            FROM certificates c JOIN domains d ON d.id = c.domain_id
            WHERE d.proved_host = :host AND c.chain IS NOT NULL
            """)
        .param("host", host)
        .query((row, _) ->
            new Issued(
                chain(row.getString("chain")),
                key(opened(row, Places.certificate(row.getLong("domain_id"))))))
        .optional();
  }

  /** The key of the platform's account at that authority, made when it is first asked for. */
  public KeyPair accountKey(String directory) {
    KeyPair found = storedKey(directory);
    if (found != null) {
      return found;
    }
    KeyPair made = AcmeAuthority.newKey();
    Seal.Sealed key = closed(bytes(made), Places.acmeAccount(directory));
    try {
      jdbc.sql(
              """
              INSERT INTO acme_accounts (directory, private_key, seal_key)
              VALUES (:directory, :key, :sealKey)
              """)
          .param("directory", directory)
          .param("key", key.text())
          .param("sealKey", key.key())
          .update();
      return made;
    } catch (DuplicateKeyException e) {
      KeyPair others = storedKey(directory);
      return others == null ? made : others;
    }
  }

  private @Nullable KeyPair storedKey(String directory) {
    return jdbc.sql("SELECT private_key, seal_key FROM acme_accounts WHERE directory = :directory")
        .param("directory", directory)
        .query((row, _) -> keyPair(opened(row, Places.acmeAccount(directory))))
        .optional()
        .orElse(null);
  }

  /** The public key behind its length in one byte, and the private one. */
  private static byte[] bytes(KeyPair pair) {
    byte[] open = pair.getPublic().getEncoded();
    byte[] secret = pair.getPrivate().getEncoded();
    byte[] both = new byte[1 + open.length + secret.length];
    both[0] = (byte) open.length;
    System.arraycopy(open, 0, both, 1, open.length);
    System.arraycopy(secret, 0, both, 1 + open.length, secret.length);
    return both;
  }

  private static KeyPair keyPair(byte[] bytes) {
    int secretAt = 1 + (bytes[0] & 0xff);
    try {
      return new KeyPair(
          KeyFactory.getInstance(ALGORITHM)
              .generatePublic(new X509EncodedKeySpec(Arrays.copyOfRange(bytes, 1, secretAt))),
          key(Arrays.copyOfRange(bytes, secretAt, bytes.length)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static PrivateKey key(byte[] encoded) {
    try {
      return KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(encoded));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String pem(List<X509Certificate> chain) {
    StringBuilder text = new StringBuilder();
    try {
      for (Certificate certificate : chain) {
        text.append("-----BEGIN CERTIFICATE-----\n")
            .append(PEM.encodeToString(certificate.getEncoded()))
            .append("\n-----END CERTIFICATE-----\n");
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
    return text.toString();
  }

  private static List<X509Certificate> chain(String pem) {
    try {
      return CertificateFactory.getInstance("X.509")
          .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)))
          .stream()
          .map(X509Certificate.class::cast)
          .toList();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private Seal.Sealed closed(byte[] key, String place) {
    return seal.close(Base64.getEncoder().encodeToString(key), place);
  }

  private byte[] opened(ResultSet row, String place) throws SQLException {
    Seal.Sealed sealed = new Seal.Sealed(row.getString("seal_key"), row.getString("private_key"));
    return Base64.getDecoder().decode(seal.open(sealed, place));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  private static OffsetDateTime at(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
