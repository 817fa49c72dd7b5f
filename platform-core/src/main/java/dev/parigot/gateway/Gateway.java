package dev.parigot.gateway;

import dev.parigot.app.App;
import dev.parigot.fleet.Fleet;
import dev.parigot.release.Artifacts;
import java.util.function.Function;

/** Finds what a request from outside is for, and answers it. */
public final class Gateway {
  /**
   * @param gitRemote the address that the app is pushed to, for those who have not pushed yet
   */
  public Gateway(Fleet fleet, Artifacts artifacts, Function<App, String> gitRemote) {}

  /** Answers a request to an app's own host; every failure is an answer too. */
  public GatewayResponse handle(App app, GatewayRequest request) {
    throw new AssertionError("skeleton");
  }
}
