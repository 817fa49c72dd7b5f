package dev.parigot.cron;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One call that a schedule made, or would have made.
 *
 * @param job the name of the schedule
 * @param dueAt the tick that it is for; null if somebody asked for it
 * @param askedBy the e-mail of whoever did, or null
 * @param missed how many ticks before {@code dueAt} it stands for, too, because nothing could run
 *     at their time
 * @param missedSince the first of them; null if there are none
 * @param endedAt null while it runs
 * @param code of the error that the call ended with, or null
 * @param said why it was not a success, in words, or null
 * @param release the number of the release that was called; null before that
 * @param call the id that its log lines bear; null before it is made
 * @param traceparent W3C trace context of the call, or null
 * @param log the last lines that the called method wrote, as text; null while it runs
 */
public record Run(
    long id,
    String job,
    @Nullable Instant dueAt,
    @Nullable String askedBy,
    int missed,
    @Nullable Instant missedSince,
    Instant begunAt,
    @Nullable Instant endedAt,
    Outcome outcome,
    @Nullable Integer code,
    @Nullable String said,
    @Nullable Integer release,
    @Nullable String call,
    @Nullable String traceparent,
    @Nullable String log) {

  /** What has become of a run. */
  public enum Outcome {
    RUNNING,
    SUCCEEDED,
    /** The call ended with an error. */
    FAILED,
    /** The call was not made, since the one before still ran. */
    SKIPPED,
    /** The call was ended by the one after it. */
    CANCELLED,
    /** The platform ended during the call; it is not made again. */
    LOST
  }

  /** How long it took; empty while it runs. */
  public Optional<Duration> duration() {
    return Optional.ofNullable(endedAt).map(end -> Duration.between(begunAt, end));
  }
}
