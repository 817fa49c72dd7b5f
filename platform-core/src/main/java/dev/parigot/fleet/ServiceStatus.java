package dev.parigot.fleet;

import dev.parigot.release.ReleasedService;
import org.jspecify.annotations.Nullable;

/**
 * One service as it runs.
 *
 * @param release the number of the release that it runs
 * @param instances that exist now
 * @param callsPerMinute calls that ended in the last 60 seconds
 * @param errorsPerMinute those of them that failed
 * @param p95Nanos of those calls' durations, 0 if there were none
 * @param lastError the newest failure's text, or null
 */
public record ServiceStatus(
    ReleasedService service,
    int release,
    State state,
    int instances,
    long callsPerMinute,
    long errorsPerMinute,
    long p95Nanos,
    @Nullable String lastError) {

  /** The state of a service, told pessimistically. */
  public enum State {
    STARTING,
    RUNNING,
    /** No instance now; the first call starts one. */
    IDLE,
    /** Its last calls trapped or timed out, or it can't start. */
    FAILING,
    STOPPED
  }
}
