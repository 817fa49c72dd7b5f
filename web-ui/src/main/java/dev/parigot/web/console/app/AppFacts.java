package dev.parigot.web.console.app;

import dev.parigot.app.App;
import dev.parigot.fleet.ServiceStatus;
import dev.parigot.fleet.ServiceStatus.State;
import dev.parigot.metering.Metering;
import dev.parigot.pipeline.Underway;
import dev.parigot.release.Release;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is true of an app at one moment.
 *
 * @param live the release that serves
 * @param newest the release made last, which may be starting or have failed
 * @param underway the deployment that runs
 * @param services as they run
 * @param traffic the calls between services in the last minute
 */
public record AppFacts(
    App app,
    Optional<Release> live,
    Optional<Release> newest,
    Optional<Underway> underway,
    List<ServiceStatus> services,
    Map<Metering.Pair, Long> traffic) {

  /** What is told of an app among others, without its deployment and traffic. */
  public static AppFacts brief(
      App app, Optional<Release> live, Optional<Release> newest, List<ServiceStatus> services) {
    return new AppFacts(app, live, newest, Optional.empty(), services, Map.of());
  }

  public AppState state() {
    if (newest.isEmpty()) {
      return AppState.EMPTY;
    }
    if (live.isEmpty()) {
      return newest.get().state() == Release.State.FAILED ? AppState.FAILED : AppState.STARTING;
    }
    if (any(State.FAILING)) {
      return AppState.FAILING;
    }
    if (any(State.STOPPED) || (services.isEmpty() && !live.get().services().isEmpty())) {
      return AppState.DOWN;
    }
    return any(State.STARTING) ? AppState.STARTING : AppState.LIVE;
  }

  public List<ServiceStatus> failing() {
    return services.stream().filter(each -> each.state() == State.FAILING).toList();
  }

  /** The newest release, if it is not the one that serves: being started, or failed. */
  public Optional<Release> pending() {
    return newest.filter(release ->
        release.state() == Release.State.STARTING || release.state() == Release.State.FAILED);
  }

  private boolean any(State state) {
    return services.stream().anyMatch(each -> each.state() == state);
  }
}
