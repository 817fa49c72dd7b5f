package dev.parigot.fleet;

import dev.parigot.release.Release;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A release and its services as they run, held until the last call that began in it has ended: from
 * outside, started and not waited for, or of a message.
 */
final class RunningDeployment implements Deployment {
  private final Release release;
  private final Lane lane;
  private final Map<String, RunningService> services;
  private int calls;
  private boolean retired;

  /** {@code services} by name, in the order of the release. */
  RunningDeployment(Release release, Lane lane, Map<String, RunningService> services) {
    this.release = release;
    this.lane = lane;
    this.services = Collections.unmodifiableMap(new LinkedHashMap<>(services));
  }

  @Override
  public Release release() {
    return release;
  }

  Lane lane() {
    return lane;
  }

  Collection<RunningService> services() {
    return services.values();
  }

  @Nullable RunningService service(String name) {
    return services.get(name);
  }

  /** Counts a call in; false if it is retired, and the call has to look for its successor. */
  synchronized boolean enter() {
    if (retired) {
      return false;
    }
    calls++;
    return true;
  }

  /** Counts another call in on behalf of one that is in: it belongs here, retired or not. */
  synchronized void enterAgain() {
    calls++;
  }

  void exit() {
    boolean last;
    synchronized (this) {
      last = --calls == 0 && retired;
    }
    if (last) {
      letGo();
    }
  }

  /** Takes no more calls, and lets go of its pools once those that it has have ended. */
  void retire() {
    boolean idle;
    synchronized (this) {
      idle = !retired && calls == 0;
      retired = true;
    }
    if (idle) {
      letGo();
    }
  }

  private void letGo() {
    services.values().forEach(service -> service.pool().letGo());
  }
}
