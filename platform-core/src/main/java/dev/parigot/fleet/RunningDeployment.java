package dev.parigot.fleet;

import dev.parigot.release.Release;
import dev.parigot.release.ReleasedService;
import java.util.Map;
import java.util.Optional;

/** A release and the pools of its services, held until its last call from outside has ended. */
final class RunningDeployment implements Deployment {
  private final Release release;
  private final Map<String, InstancePool> pools;
  private int calls;
  private boolean retired;

  RunningDeployment(Release release, Map<String, InstancePool> pools) {
    this.release = release;
    this.pools = Map.copyOf(pools);
  }

  @Override
  public Release release() {
    return release;
  }

  Map<String, InstancePool> pools() {
    return pools;
  }

  Optional<ReleasedService> service(String name) {
    return release.services().stream().filter(each -> each.name().equals(name)).findFirst();
  }

  /** Counts a call in; false if it is retired, and the call has to look for its successor. */
  synchronized boolean enter() {
    if (retired) {
      return false;
    }
    calls++;
    return true;
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
    pools.values().forEach(InstancePool::letGo);
  }
}
