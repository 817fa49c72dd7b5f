package dev.parigot.edge;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
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
import dev.parigot.signin.SignIn;
import dev.parigot.user.SignIns;
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
  private final SignIns signIns;
  private final Artifacts artifacts;
  private final Logs logs;
  private final Cache<String, byte[]> files =
      Caffeine.newBuilder()
          .maximumWeight(CACHE_BYTES)
          .weigher((String digest, byte[] content) -> content.length)
          .executor(Runnable::run)
          .build();
  private final Cache<Release, Entrance> entrances =
      Caffeine.newBuilder().weakKeys().executor(Runnable::run).build();

  /** The way into a release: who signs people in, and who answers all else. */
  private record Entrance(SignIn signIn, Gateway gateway) {
    GatewayResponse answer(GatewayRequest request) {
      return SignIn.isFor(request) ? signIn.answer(request) : gateway.answer(signIn.known(request));
    }
  }

  /**
   * @param logs where an app is told of what is wrong with its answers
   * @param signIns how its users sign in
   * @param gitRemote the address that the app is pushed to, for those who have not pushed yet
   */
  public Edge(
      Fleet fleet,
      Artifacts artifacts,
      Logs logs,
      SignIns signIns,
      Function<App, String> gitRemote) {
    this.fleet = fleet;
    this.signIns = signIns;
    this.artifacts = artifacts;
    this.logs = logs;
    this.gitRemote = gitRemote;
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
          .map(release -> entrances.get(release, each -> entrance(app, each)).answer(request))
          .orElseGet(() -> notDeployed(app, request));
    } catch (Problem problem) {
      return Answers.soon(Answers.text(problem.status(), problem.what()));
    } catch (RuntimeException e) {
      log.error("{} {} of {} failed", request.method(), request.path(), app.name(), e);
      return Answers.text(500, "The platform failed while it answered.");
    }
  }

  /** The request with the user of the app who sends it, and without what tells who that is. */
  public GatewayRequest known(App app, GatewayRequest request) {
    return fleet
        .active(app.id())
        .map(release -> entrances.get(release, each -> entrance(app, each)))
        .map(entrance -> entrance.signIn().known(request))
        .orElse(request);
  }

  private Entrance entrance(App app, Release release) {
    return new Entrance(
        signIns.of(app, release.contents().signIn()),
        new Gateway(ServedRelease.of(release, fleet, artifacts, files, logs)));
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
