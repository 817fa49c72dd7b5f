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
 * @param rest how long a message rests after its first attempt failed; twice as long after each
 *     further one, a minute at most
 * @param cores of the node
 * @param coresPerApp cores of which one app may take the time, on average; 0 for all that nobody
 *     else needs
 * @param memoryPerApp bytes that the instances of one app may take
 */
public record FleetSettings(
    int callsPerApp,
    int waitingPerService,
    int startedCalls,
    int startedWaiting,
    int deliveries,
    Duration rest,
    int cores,
    double coresPerApp,
    long memoryPerApp) {
  /**
   * 32 calls an app, 256 waiting; 16 started, 1,024 waiting; 8 deliveries; 1 second; all cores of
   * this node, and half of its heap.
   */
  public static final FleetSettings DEFAULT =
      new FleetSettings(32, 256, 16, 1024, 8, Duration.ofSeconds(1));

  /** With all cores of this node for every app, and half of its heap. */
  public FleetSettings(
      int callsPerApp,
      int waitingPerService,
      int startedCalls,
      int startedWaiting,
      int deliveries,
      Duration rest) {
    this(
        callsPerApp,
        waitingPerService,
        startedCalls,
        startedWaiting,
        deliveries,
        rest,
        Runtime.getRuntime().availableProcessors(),
        0,
        Runtime.getRuntime().maxMemory() / 2);
  }

  /** The same with limits of one app. */
  public FleetSettings withLimits(double coresOfAnApp, long memoryOfAnApp) {
    return new FleetSettings(
        callsPerApp,
        waitingPerService,
        startedCalls,
        startedWaiting,
        deliveries,
        rest,
        cores,
        coresOfAnApp,
        memoryOfAnApp);
  }

  Share.Limits share() {
    return new Share.Limits(callsPerApp, coresPerApp, memoryPerApp);
  }
}
