package dev.parigot.web.problem;

import dev.parigot.problem.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.dao.InvalidDataAccessResourceUsageException;
import org.springframework.transaction.TransactionException;

/** What exceptions that nobody foresaw are told as. */
public final class Failures {
  private Failures() {}

  /**
   * The problem that is behind a failure, a 503 if the database does not work, else a 500 that says
   * nothing of the inside.
   */
  public static Problem told(@Nullable Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof Problem problem) {
        return problem;
      }
      if (isOutage(cause)) {
        return Problem.external(
            "database-unreachable",
            "The platform's database does not answer.",
            "Try again; if it lasts, its operator has to look after it.",
            cause);
      }
    }
    return new Problem(
        Problem.Kind.INTERNAL,
        500,
        "internal",
        "The platform failed to do this; its log says why.",
        "Try again.",
        List.of(),
        failure);
  }

  /** A statement that is wrong in itself is a defect, and no outage. */
  private static boolean isOutage(Throwable cause) {
    return switch (cause) {
      case DataIntegrityViolationException _ -> false;
      case InvalidDataAccessApiUsageException _ -> false;
      case InvalidDataAccessResourceUsageException _ -> false;
      case DataAccessException _ -> true;
      case TransactionException _ -> true;
      default -> false;
    };
  }
}
