package dev.parigot.fleet;

import java.time.Duration;

/**
 * How much of a node the fleet may use.
 *
 * @param callsPerApp calls from outside that run at a time in one app; the rest wait
 * @param waitingPerService calls that wait for an instance of one service; more are refused (429)
 * @param idle how long an instance above a service's minimum stays without a call
 */
public record FleetSettings(int callsPerApp, int waitingPerService, Duration idle) {
  /** 32 calls an app, 256 waiting, 5 minutes. */
  public static final FleetSettings DEFAULT = new FleetSettings(32, 256, Duration.ofMinutes(5));
}
