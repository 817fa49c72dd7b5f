package dev.parigot.gateway;

import dev.parigot.app.App;

/** Finds what a request from outside is for, and answers it. */
public final class Gateway {
  /** Answers a request to an app's own host; every failure is an answer too. */
  public GatewayResponse handle(App app, GatewayRequest request) {
    throw new AssertionError("skeleton");
  }
}
