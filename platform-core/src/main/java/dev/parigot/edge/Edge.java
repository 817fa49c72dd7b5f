package dev.parigot.edge;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.parigot.app.App;
import dev.parigot.fleet.Fleet;
import dev.parigot.gateway.Answers;
import dev.parigot.gateway.Gateway;
import dev.parigot.gateway.GatewayRequest;
import dev.parigot.gateway.GatewayResponse;
import dev.parigot.observe.Logs;
import dev.parigot.problem.Problem;
import dev.parigot.release.Artifacts;
import dev.parigot.release.Release;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers requests to the hosts of apps, each by a gateway to the app's active release. Site files
 * up to 4 MiB are kept in memory, 64 MiB in all.
 */
public final class Edge {
  private static final Logger log = LoggerFactory.getLogger(Edge.class);
  private static final long CACHE_BYTES = 64L << 20;

  private final Fleet fleet;
  private final Function<App, String> gitRemote;
  private final LoadingCache<Release, Gateway> gateways;

  /**
   * @param logs where an app is told of what is wrong with its answers
   * @param gitRemote the address that the app is pushed to, for those who have not pushed yet
   */
  public Edge(Fleet fleet, Artifacts artifacts, Logs logs, Function<App, String> gitRemote) {
    this.fleet = fleet;
    this.gitRemote = gitRemote;
    Cache<String, byte[]> files =
        Caffeine.newBuilder()
            .maximumWeight(CACHE_BYTES)
            .weigher((String digest, byte[] content) -> content.length)
            .executor(Runnable::run)
            .build();
    this.gateways =
        Caffeine.newBuilder()
            .weakKeys()
            .executor(Runnable::run)
            .build(
                release -> new Gateway(ServedRelease.of(release, fleet, artifacts, files, logs)));
  }

  /** Whether answering a request to the app is likely to take a wait for its turn. */
  public boolean isFull(App app) {
    return fleet.isFull(app.id());
  }

  /** Answers a request to an app's own host; every failure is an answer too. */
  public GatewayResponse handle(App app, GatewayRequest request) {
    try {
      return fleet
          .active(app.id())
          .map(release -> gateways.get(release).answer(request))
          .orElseGet(() -> notDeployed(app, request));
    } catch (Problem problem) {
      return Answers.text(problem.status(), problem.what());
    } catch (RuntimeException e) {
      log.error("{} {} of {} failed", request.method(), request.path(), app.name(), e);
      return Answers.text(500, "The platform failed while it answered.");
    }
  }

  private GatewayResponse notDeployed(App app, GatewayRequest request) {
    return Answers.notFound(
        request,
        "Nothing is deployed yet",
        "The app " + app.name() + " waits for its first push.",
        List.of(
            "git remote add parigot " + gitRemote.apply(app),
            "git push parigot " + app.situation().branch()));
  }
}
