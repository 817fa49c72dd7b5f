package dev.parigot.gate;

import dev.parigot.picture.Picture;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/**
 * Pictures of failures that whoever has their address may see, without an account. An address can't
 * be guessed: 32 hexadecimal digits, 128 bits.
 */
public final class SharedFailures {
  private static final int BYTES = 16;
  private static final Pattern SHAPE = Pattern.compile("[0-9a-f]{32}");

  private final JdbcClient jdbc;
  private final SecureRandom random;
  private final Clock clock;
  private final JsonMapper json = JsonMapper.builder().build();

  public SharedFailures(JdbcClient jdbc, SecureRandom random, Clock clock) {
    this.jdbc = jdbc;
    this.random = random;
    this.clock = clock;
  }

  /** Whether an address may begin so. */
  public static boolean isLabel(String label) {
    return SHAPE.matcher(label).matches();
  }

  /**
   * Shares how a test of a run fails; answers the label of its address, the one that it has if it
   * is shared already. Empty if there is no picture of it.
   *
   * @param by the e-mail of who shares it
   */
  public Optional<String> share(GateRun run, String test, String by) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    jdbc.sql(
            """
            UPDATE failures SET label = :label, shared_by = :by, shared_at = :now
            WHERE run_id = :run AND test = :test AND label IS NULL
            """)
        .param("label", HexFormat.of().formatHex(bytes))
        .param("by", by)
        .param(
            "now",
            OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC)
                .truncatedTo(ChronoUnit.MICROS))
        .param("run", run.id())
        .param("test", test)
        .update();
    return label(run, test);
  }

  /** The label of its address, if it is shared. */
  public Optional<String> label(GateRun run, String test) {
    return jdbc.sql(
            "SELECT label FROM failures WHERE run_id = :run AND test = :test AND label IS NOT NULL")
        .param("run", run.id())
        .param("test", test)
        .query(String.class)
        .optional();
  }

  /** From now on nobody sees it by its address; answers whether somebody did. */
  public boolean revoke(GateRun run, String test) {
    return jdbc.sql(
                """
                UPDATE failures SET label = NULL, shared_by = NULL, shared_at = NULL
                WHERE run_id = :run AND test = :test AND label IS NOT NULL
                """)
            .param("run", run.id())
            .param("test", test)
            .update()
        == 1;
  }

  /** What the address shows. */
  public Optional<Picture> find(String label) {
    return isLabel(label)
        ? jdbc.sql("SELECT picture FROM failures WHERE label = :label")
            .param("label", label)
            .query(String.class)
            .optional()
            .map(text -> json.readValue(text, Picture.class))
        : Optional.empty();
  }

  /**
   * What a browser needs to run what the address shows again, but for its modules: JSON. Empty if
   * none can.
   */
  public Optional<String> rerun(String label) {
    return isLabel(label)
        ? jdbc.sql("SELECT rerun FROM failures WHERE label = :label AND rerun IS NOT NULL")
            .param("label", label)
            .query(String.class)
            .optional()
        : Optional.empty();
  }

  /** Whether a module is one of those. */
  public boolean needs(String label, String digest) {
    return isLabel(label)
        && jdbc.sql("SELECT modules FROM failures WHERE label = :label AND rerun IS NOT NULL")
            .param("label", label)
            .query(String.class)
            .optional()
            .filter(modules -> List.of(modules.split(" ")).contains(digest))
            .isPresent();
  }
}
