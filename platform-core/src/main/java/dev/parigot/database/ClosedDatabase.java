package dev.parigot.database;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;
import org.h2.api.ErrorCode;

/**
 * H2 closes a database that it could not write, when the disk is full: its connections are of no
 * use any more, and a new one opens it again.
 */
final class ClosedDatabase implements SQLExceptionOverride {
  @java.lang.Override
  public Override adjudicate(SQLException failure) {
    return failure.getErrorCode() == ErrorCode.DATABASE_IS_CLOSED
            || failure.getErrorCode() == ErrorCode.DATABASE_CALLED_AT_SHUTDOWN
            || failure.getErrorCode() == ErrorCode.OBJECT_CLOSED
        ? Override.MUST_EVICT
        : Override.CONTINUE_EVICT;
  }
}
