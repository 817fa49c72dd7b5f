package dev.parigot.queue;

import dev.parigot.app.AppId;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
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

  /** How many one looks at to find one that nobody else takes meanwhile. */
  private static final int CANDIDATES = 8;

  private final JdbcClient jdbc;
  private final Clock clock;

  public Messages(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** A queue of an app. */
  public record Queue(AppId app, String name) {}

  /** How many messages of a queue wait, and how many are dead. */
  public record Figures(long waiting, long dead) {}

  /** Keeps a message; when this returns true it is durable. False if the app's queues are full. */
  public boolean send(AppId app, String queue, byte[] content, String traceparent) {
    if (!hasRoom(app, content.length)) {
      return false;
    }
    jdbc.sql(
            """
            INSERT INTO queue_messages (app_id, queue, content, size_bytes, traceparent, due_at)
            VALUES (:app, :queue, :content, :size, :trace, :now)
            """)
        .param("app", app.value())
        .param("queue", queue)
        .param("content", content)
        .param("size", content.length)
        .param("trace", traceparent)
        .param("now", after(Duration.ZERO))
        .update();
    return true;
  }

  /**
   * Takes the message that is due the longest; nobody else gets it before {@code lease} is over.
   */
  public Optional<Message> take(Queue queue, Duration lease) {
    List<Candidate> candidates =
        jdbc.sql(
                """
                SELECT id, attempts FROM queue_messages
                WHERE app_id = :app AND queue = :queue AND NOT dead AND due_at <= :now
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

  /** Lets a message be delivered again after a while. */
  public void retry(Message message, Duration rest) {
    jdbc.sql("UPDATE queue_messages SET due_at = :due WHERE id = :id AND attempts = :attempt")
        .param("due", after(rest))
        .param("id", message.id())
        .param("attempt", message.attempt())
        .update();
  }

  /** Gives a message up. It is kept as dead; too many of a queue's dead push out the oldest. */
  public void bury(Queue queue, Message message) {
    jdbc.sql("UPDATE queue_messages SET dead = TRUE WHERE id = :id AND attempts = :attempt")
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
        .param("bytes", MOST_DEAD_BYTES)
        .update();
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
    return jdbc.sql(
            """
            SELECT COALESCE(SUM(CASE WHEN dead THEN 0 ELSE 1 END), 0),
              COALESCE(SUM(CASE WHEN dead THEN 1 ELSE 0 END), 0)
            FROM queue_messages WHERE app_id = :app AND queue = :queue
            """)
        .param("app", queue.app().value())
        .param("queue", queue.name())
        .query((row, _) -> new Figures(row.getLong(1), row.getLong(2)))
        .single();
  }

  /** Two who ask at once may both get the last place: a bound on what is held, not a count. */
  private boolean hasRoom(AppId app, int bytes) {
    return jdbc.sql(
            """
            SELECT COUNT(*), COALESCE(SUM(size_bytes), 0) FROM queue_messages
            WHERE app_id = :app AND NOT dead
            """)
        .param("app", app.value())
        .query((row, _) ->
            row.getLong(1) < MOST_WAITING && row.getLong(2) + bytes <= MOST_WAITING_BYTES)
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

  private OffsetDateTime after(Duration duration) {
    return clock.instant().plus(duration).truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
  }
}
