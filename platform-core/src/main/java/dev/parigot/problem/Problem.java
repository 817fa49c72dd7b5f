package dev.parigot.problem;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that went wrong, told the way it is shown to whoever is concerned: what happened, why,
 * and what to do next. Rendered alike by REST (problem+json), the git sideband, the command line
 * and the console.
 */
public final class Problem extends RuntimeException {
  /** Whose problem it is; decides the HTTP status together with {@link #status()}. */
  public enum Kind {
    /** The input is wrong: the one who sent it can mend it. */
    USER,
    /** A defect of the platform. */
    INTERNAL,
    /** Something has run out: quota, memory, threads. */
    RESOURCE,
    /** Something that the platform depends on fails: database, S3. */
    EXTERNAL
  }

  private final Kind kind;
  private final int status;
  private final String type;
  private final String next;
  private final List<String> details;

  /**
   * @param type a short stable identifier in kebab case, such as {@code app-name-taken}
   * @param what what happened and why, one sentence
   * @param next what to do next, one sentence, or empty
   * @param details every single mistake, one line each, if there are several
   */
  public Problem(
      Kind kind, int status, String type, String what, String next, List<String> details) {
    this(kind, status, type, what, next, details, null);
  }

  /**
   * @param cause the exception behind it, for the platform's own log, or null
   */
  public Problem(
      Kind kind,
      int status,
      String type,
      String what,
      String next,
      List<String> details,
      @Nullable Throwable cause) {
    super(what, cause);
    this.kind = kind;
    this.status = status;
    this.type = type;
    this.next = next;
    this.details = List.copyOf(details);
  }

  /** Input that its sender can mend. {@code status} is an HTTP status, 400 to 499. */
  public static Problem user(int status, String type, String what, String next) {
    return new Problem(Kind.USER, status, type, what, next, List.of());
  }

  /** Something that is not there, or is not the asker's. */
  public static Problem notFound(String what) {
    return new Problem(
        Kind.USER,
        404,
        "not-found",
        what,
        "Check the name; names of other accounts' things are not told.",
        List.of());
  }

  /** A failure of something that the platform depends on: told as 503, since it may pass. */
  public static Problem external(String type, String what, String next, Throwable cause) {
    return new Problem(Kind.EXTERNAL, 503, type, what, next, List.of(), cause);
  }

  public Kind kind() {
    return kind;
  }

  public int status() {
    return status;
  }

  public String type() {
    return type;
  }

  /** What happened and why. */
  public String what() {
    return String.valueOf(getMessage());
  }

  public String next() {
    return next;
  }

  public List<String> details() {
    return details;
  }
}
