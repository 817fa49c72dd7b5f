package dev.parigot.artifact;

/** An artifact can't be had or kept. The message says why, in a sentence fit for an operator. */
public final class ArtifactException extends RuntimeException {
  /** Why. */
  public enum Reason {
    /** The store has no such artifact. */
    MISSING,
    /** What the store has under the digest are other bytes. */
    DAMAGED,
    /** The store does not answer, or refuses. */
    UNREACHABLE
  }

  private final Reason reason;

  ArtifactException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  ArtifactException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
