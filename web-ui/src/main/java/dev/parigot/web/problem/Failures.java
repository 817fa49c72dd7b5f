package dev.parigot.web.problem;

import dev.parigot.database.Database;
import dev.parigot.problem.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
      if (Database.isOutage(cause)) {
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
}
