package dev.parigot.fleet;

import dev.parigot.app.AppId;
import java.util.Arrays;

/**
 * What one service has, and what happened to it since that was last asked.
 *
 * @param overNanos the time since that was last asked, more than none
 * @param instances that exist now, or are being started
 * @param busyNanos time in which they were lent to calls, all together
 * @param waitedNanos time that calls waited, for their app's door or for an instance, all together
 * @param waitsNanos how long each call waited that has stopped waiting
 * @param waiting calls that wait now
 * @param cpuNanos processor time that its guests took, as far as looks at them each 10 ms tell
 * @param memoryBytes of its instances
 * @param firstStarts of an instance for a call that found none at all
 * @param lateStarts of another instance for a call that had waited for as long as a start takes
 * @param startNanos the shortest start of an instance so far; 0 if there was none
 * @param idleNanos since the last call began; 0 if one is in progress
 */
public record ServiceLoad(
    AppId app,
    String service,
    long overNanos,
    int min,
    int max,
    int instances,
    long busyNanos,
    long waitedNanos,
    long[] waitsNanos,
    int waiting,
    long cpuNanos,
    long memoryBytes,
    int firstStarts,
    int lateStarts,
    long startNanos,
    long idleNanos) {

  static ServiceLoad of(AppId app, RunningService service) {
    InstancePool pool = service.pool();
    InstancePool.Seen seen = pool.read();
    return new ServiceLoad(
        app,
        service.name(),
        Math.max(1, seen.overNanos()),
        pool.size().min(),
        pool.size().max(),
        seen.instances(),
        seen.lentNanos(),
        seen.waits().sumNanos(),
        seen.waits().endedNanos(),
        seen.waits().now(),
        seen.cpuNanos(),
        seen.memoryBytes(),
        seen.first(),
        seen.late(),
        seen.shortestStartNanos(),
        seen.idleNanos());
  }

  /** Whether there is anything to be told. */
  boolean isAny() {
    return instances > 0 || busyNanos > 0 || waitedNanos > 0 || cpuNanos > 0;
  }

  @Override
  public String toString() {
    return "%s of %s: %d instances (%d to %d), %d waiting, waits %s"
        .formatted(service, app, instances, min, max, waiting, Arrays.toString(waitsNanos));
  }
}
