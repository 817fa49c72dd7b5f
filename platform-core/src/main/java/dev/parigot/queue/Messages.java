package dev.parigot.queue;

import dev.parigot.app.AppId;
import dev.parigot.database.GeneratedId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The messages of all queues of all apps, in the relational database. One is had by one deliverer
 * at a time, for as long as that has asked for; not settled by then, it is due again. So every
 * message is delivered at least once, whatever ends in between.
 */
public final class Messages {
  /** Messages of an app that wait, in all of its queues. */
  public static final int MOST_WAITING = 10_000;

  /** Bytes of them: 256 MiB. */
  public static final long MOST_WAITING_BYTES = 256L << 20;

  /** Dead messages of a queue that are kept, the newest ones. */
  public static final int MOST_DEAD = 1_000;

  /** Bytes of them: 64 MiB. */
  public static final long MOST_DEAD_BYTES = 64L << 20;

  private static final int LONGEST_FAILURE = 2_000;

  /** How many one looks at to find one that nobody else takes meanwhile. */
  private static final int CANDIDATES = 8;

  private final JdbcClient jdbc;
  private final Clock clock;
  private final long mostWaitingBytes;
  private final long mostDeadBytes;

  public Messages(JdbcClient jdbc, Clock clock) {
    this(jdbc, clock, MOST_WAITING_BYTES, MOST_DEAD_BYTES);
  }

  /** With other bounds than those of apps. */
  Messages(JdbcClient jdbc, Clock clock, long mostWaitingBytes, long mostDeadBytes) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.mostWaitingBytes = mostWaitingBytes;
    this.mostDeadBytes = mostDeadBytes;
  }

  /** A queue of an app. */
  public record Queue(AppId app, String name) {}

  /**
   * How many messages of a queue wait, and how many are dead.
   *
   * @param oldest when the one that waits the longest was sent; null if none waits
   */
  public record Figures(long waiting, long dead, @Nullable Instant oldest) {
    /** Of an empty queue. */
    public static final Figures NONE = new Figures(0, 0, null);
  }

  /** Keeps a message that is in no order with others. */
  public boolean send(AppId app, String queue, byte[] content, String traceparent) {
    return send(app, queue, content, traceparent, null);
  }

  /**
   * Keeps a message; when this returns true it is durable. False if the app's queues are full.
   *
   * @param key messages of the queue with the same one are delivered in the order in which they
   *     were sent; null for any order
   */
  public boolean send(
      AppId app, String queue, byte[] content, String traceparent, @Nullable String key) {
    return keep(app, queue, content, traceparent, key).isPresent();
  }

  /** The same; answers the message's number, or nothing if the app's queues are full. */
  public OptionalLong keep(
      AppId app, String queue, byte[] content, String traceparent, @Nullable String key) {
    if (!hasRoom(app, content.length)) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(GeneratedId.of(insert(app, queue, content, traceparent, key)));
  }

  private JdbcClient.StatementSpec insert(
      AppId app, String queue, byte[] content, String traceparent, @Nullable String key) {
    return jdbc.sql(
            """
            INSERT INTO queue_messages
              (app_id, queue, content, size_bytes, traceparent, due_at, sent_at, order_key)
            VALUES (:app, :queue, :content, :size, :trace, :now, :now, :key)
            """)
        .param("key", key == null ? null : digest(key))
        .param("app", app.value())
        .param("queue", queue)
        .param("content", content)
        .param("size", content.length)
        .param("trace", traceparent)
        .param("now", after(Duration.ZERO));
  }

  /**
   * Takes the message that is due the longest and has none of its key before it; nobody else gets
   * it before {@code lease} is over.
   */
  public Optional<Message> take(Queue queue, Duration lease) {
    List<Candidate> candidates =
        jdbc.sql(
                """
                SELECT id, attempts FROM queue_messages message
                WHERE app_id = :app AND queue = :queue AND NOT dead AND due_at <= :now
                  AND (order_key IS NULL OR NOT EXISTS (
                    SELECT 1 FROM queue_messages earlier
                    WHERE earlier.app_id = message.app_id AND earlier.queue = message.queue
                      AND earlier.order_key = message.order_key AND earlier.id < message.id
                      AND NOT earlier.dead))
                ORDER BY due_at, id LIMIT :limit
                """)
            .param("app", queue.app().value())
            .param("queue", queue.name())
            .param("now", after(Duration.ZERO))
            .param("limit", CANDIDATES)
            .query((row, _) -> new Candidate(row.getLong(1), row.getInt(2)))
            .list();
    return candidates.stream()
        .filter(each -> take(each, lease))
        .flatMap(each -> read(each).stream())
        .findFirst();
  }

  /** Ends a message: it was delivered. */
  public void delivered(Message message) {
    jdbc.sql("DELETE FROM queue_messages WHERE id = :id").param("id", message.id()).update();
  }

  /**
   * Lets a message be delivered again after a while.
   *
   * @param failure how the attempt ended, in words
   */
  public void retry(Message message, Duration rest, String failure) {
    jdbc.sql(
            """
            UPDATE queue_messages SET due_at = :due, failed_at = :now, failure = :failure
            WHERE id = :id AND attempts = :attempt
            """)
        .param("due", after(rest))
        .param("now", after(Duration.ZERO))
        .param("failure", cut(failure))
        .param("id", message.id())
        .param("attempt", message.attempt())
        .update();
  }

  /** Gives a message up. It is kept as dead; too many of a queue's dead push out the oldest. */
  public void bury(Queue queue, Message message, String failure) {
    jdbc.sql(
            """
            UPDATE queue_messages SET dead = TRUE, failed_at = :now, failure = :failure
            WHERE id = :id AND attempts = :attempt
            """)
        .param("now", after(Duration.ZERO))
        .param("failure", cut(failure))
        .param("id", message.id())
        .param("attempt", message.attempt())
        .update();
    jdbc.sql(
            """
            DELETE FROM queue_messages
            WHERE app_id = :app AND queue = :queue AND dead AND id <= (
              SELECT MAX(id) FROM (
                SELECT id, COUNT(*) OVER newer AS number, SUM(size_bytes) OVER newer AS total
                FROM queue_messages WHERE app_id = :app AND queue = :queue AND dead
                WINDOW newer AS (ORDER BY id DESC)) counted
              WHERE number > :most OR total > :bytes)
            """)
        .param("app", queue.app().value())
        .param("queue", queue.name())
        .param("most", MOST_DEAD)
        .param("bytes", mostDeadBytes)
        .update();
  }

  /** The numbers of an app's messages that are still to be delivered. */
  public List<Long> waiting(AppId app) {
    return jdbc.sql("SELECT id FROM queue_messages WHERE app_id = :app AND NOT dead")
        .param("app", app.value())
        .query(Long.class)
        .list();
  }

  /** The queues that have a message to be delivered now. */
  public List<Queue> due() {
    return jdbc.sql(
            """
            SELECT DISTINCT app_id, queue FROM queue_messages WHERE NOT dead AND due_at <= :now
            """)
        .param("now", after(Duration.ZERO))
        .query((row, _) -> new Queue(new AppId(row.getLong(1)), row.getString(2)))
        .list();
  }

  public Figures figures(Queue queue) {
    return figures(queue.app()).getOrDefault(queue.name(), Figures.NONE);
  }

  /** The figures of an app's queues by name, of those that hold anything. */
  public Map<String, Figures> figures(AppId app) {
    Map<String, Figures> figures = new TreeMap<>();
    jdbc.sql(
            """
            SELECT queue, SUM(CASE WHEN dead THEN 0 ELSE 1 END), SUM(CASE WHEN dead THEN 1 ELSE 0 END),
              MIN(CASE WHEN dead THEN NULL ELSE sent_at END)
            FROM queue_messages WHERE app_id = :app GROUP BY queue
            """)
        .param("app", app.value())
        .query(row -> {
          figures.put(
              row.getString(1), new Figures(row.getLong(2), row.getLong(3), instant(row, 4)));
        });
    return figures;
  }

  /**
   * The dead messages of a queue, newest first, those with an id under {@code before} (0: from the
   * newest), at most {@code limit}.
   */
  public List<DeadMessage> dead(Queue queue, long before, int limit) {
    return jdbc.sql(
            """
            SELECT id, sent_at, failed_at, attempts, failure, size_bytes FROM queue_messages
            WHERE app_id = :app AND queue = :queue AND dead AND id < :before
            ORDER BY id DESC LIMIT :limit
            """)
        .param("app", queue.app().value())
        .param("queue", queue.name())
        .param("before", before == 0 ? Long.MAX_VALUE : before)
        .param("limit", limit)
        .query((row, _) ->
            new DeadMessage(
                row.getLong(1),
                Objects.requireNonNull(instant(row, 2)),
                instant(row, 3),
                row.getInt(4),
                row.getString(5),
                row.getInt(6)))
        .list();
  }

  /** What a dead message says; empty if it is no more, or not dead. */
  public Optional<byte[]> content(Queue queue, long id) {
    return jdbc.sql(
            "SELECT content FROM queue_messages WHERE app_id = :app AND queue = :queue AND id = :id AND dead")
        .param("app", queue.app().value())
        .param("queue", queue.name())
        .param("id", id)
        .query((row, _) -> row.getBytes(1))
        .optional();
  }

  /** Lets a dead message be delivered anew, all attempts before it; false if it is not dead. */
  public boolean resend(Queue queue, long id) {
    return alive(queue, "AND id = :id", id) == 1;
  }

  /** The same of all dead messages of a queue; answers how many. */
  public int resendAll(Queue queue) {
    return alive(queue, "AND :id = 0", 0);
  }

  private int alive(Queue queue, String which, long id) {
    return jdbc.sql(
            """
            UPDATE queue_messages SET dead = FALSE, attempts = 0, due_at = :now
            WHERE app_id = :app AND queue = :queue AND dead
            """
                + which)
        .param("now", after(Duration.ZERO))
        .param("app", queue.app().value())
        .param("queue", queue.name())
        .param("id", id)
        .update();
  }

  /** Deletes a dead message; false if it is not dead. */
  public boolean drop(Queue queue, long id) {
    return jdbc.sql(
                "DELETE FROM queue_messages WHERE app_id = :app AND queue = :queue AND dead AND id = :id")
            .param("app", queue.app().value())
            .param("queue", queue.name())
            .param("id", id)
            .update()
        == 1;
  }

  /** Deletes all dead messages of a queue; answers how many. */
  public int dropAll(Queue queue) {
    return jdbc.sql("DELETE FROM queue_messages WHERE app_id = :app AND queue = :queue AND dead")
        .param("app", queue.app().value())
        .param("queue", queue.name())
        .update();
  }

  /** Two who ask at once may both get the last place: a bound on what is held, not a count. */
  private boolean hasRoom(AppId app, int bytes) {
    return jdbc.sql(
            """
            SELECT COUNT(*), COALESCE(SUM(size_bytes), 0) FROM queue_messages
            WHERE app_id = :app AND NOT dead
            """)
        .param("app", app.value())
        .query(
            (row, _) -> row.getLong(1) < MOST_WAITING && row.getLong(2) + bytes <= mostWaitingBytes)
        .single();
  }

  /** A message that was due when it was looked for. */
  private record Candidate(long id, int attempts) {}

  /** Who changes the number of attempts first has it. */
  private boolean take(Candidate candidate, Duration lease) {
    return jdbc.sql(
                """
                UPDATE queue_messages SET attempts = attempts + 1, due_at = :due
                WHERE id = :id AND attempts = :attempts AND NOT dead AND due_at <= :now
                """)
            .param("due", after(lease))
            .param("id", candidate.id())
            .param("attempts", candidate.attempts())
            .param("now", after(Duration.ZERO))
            .update()
        == 1;
  }

  private Optional<Message> read(Candidate taken) {
    return jdbc.sql("SELECT content, traceparent FROM queue_messages WHERE id = :id")
        .param("id", taken.id())
        .query((row, _) ->
            new Message(taken.id(), row.getBytes(1), taken.attempts() + 1, row.getString(2)))
        .optional();
  }

  private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  private static String cut(String text) {
    String whole = text.replace('\0', '\uFFFD');
    return whole.length() <= LONGEST_FAILURE ? whole : whole.substring(0, LONGEST_FAILURE) + " …";
  }

  /** Keys are compared only, and may be long. */
  private static String digest(String key) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has it", e);
    }
  }

  private OffsetDateTime after(Duration duration) {
    return clock.instant().plus(duration).truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
  }
}
