package dev.parigot.fleet;

import java.time.Duration;

/**
 * How much of a node the fleet may use.
 *
 * @param callsPerApp calls from outside that run at a time in one app; the rest wait
 * @param waitingPerService calls that wait for an instance of one service; more are refused (429)
 * @param startedCalls that nobody waits for and that run at a time in one app
 * @param startedWaiting started calls of one app that wait for their turn; more are refused
 * @param deliveries of messages that run at a time in one app
 * @param idle how long an instance above a service's minimum stays without a call
 * @param rest how long a message rests after its first attempt failed; twice as long after each
 *     further one, a minute at most
 */
public record FleetSettings(
    int callsPerApp,
    int waitingPerService,
    int startedCalls,
    int startedWaiting,
    int deliveries,
    Duration idle,
    Duration rest) {
  /** 32 calls an app, 256 waiting; 16 started, 1,024 waiting; 8 deliveries; 5 minutes; 1 second. */
  public static final FleetSettings DEFAULT =
      new FleetSettings(32, 256, 16, 1024, 8, Duration.ofMinutes(5), Duration.ofSeconds(1));

  /** The same with another time that instances are kept idle. */
  public FleetSettings withIdle(Duration duration) {
    return new FleetSettings(
        callsPerApp, waitingPerService, startedCalls, startedWaiting, deliveries, duration, rest);
  }
}
