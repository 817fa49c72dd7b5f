package dev.parigot.fleet;

import dev.parigot.release.Release;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A release and its services as they run, held until the last call that began in it has ended: from
 * outside, started and not waited for, or of a message.
 */
final class RunningDeployment implements Deployment {
  private static final long RETIRED = 1;
  private static final long CALL = 2;

  private final Release release;
  private final Map<String, String> environment;
  private final Lane lane;
  private final Map<String, RunningService> services;

  /** How many calls are in it, and whether it is retired: a word, since every call changes it. */
  private final AtomicLong state = new AtomicLong();

  /**
   * @param environment what the services are configured with, secrets among it
   * @param services by name, in the order of the release
   */
  RunningDeployment(
      Release release,
      Map<String, String> environment,
      Lane lane,
      Map<String, RunningService> services) {
    this.release = release;
    this.environment = Map.copyOf(environment);
    this.lane = lane;
    this.services = Collections.unmodifiableMap(new LinkedHashMap<>(services));
  }

  @Override
  public Release release() {
    return release;
  }

  /** What its services are configured with, secrets among it. */
  Map<String, String> environment() {
    return environment;
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
  boolean enter() {
    while (true) {
      long now = state.get();
      if ((now & RETIRED) != 0) {
        return false;
      }
      if (state.compareAndSet(now, now + CALL)) {
        return true;
      }
    }
  }

  /** Counts another call in on behalf of one that is in: it belongs here, retired or not. */
  void enterAgain() {
    state.addAndGet(CALL);
  }

  void exit() {
    if (state.addAndGet(-CALL) == RETIRED) {
      letGo();
    }
  }

  /** Takes no more calls, and lets go of its pools once those that it has have ended. */
  void retire() {
    if (state.getAndUpdate(now -> now | RETIRED) == 0) {
      letGo();
    }
  }

  private void letGo() {
    services.values().forEach(service -> service.pool().letGo());
  }
}
