package dev.parigot.database;

import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;

/** The id that the database gives a new row. */
public final class GeneratedId {
  private GeneratedId() {}

  /** Runs the insert of one row into a table whose column {@code id} is an identity. */
  public static long of(JdbcClient.StatementSpec insert) {
    var id = new GeneratedKeyHolder();
    insert.update(id, "id");
    return Objects.requireNonNull(id.getKeyAs(Long.class));
  }
}
