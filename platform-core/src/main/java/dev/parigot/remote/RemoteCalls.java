package dev.parigot.remote;

import dev.parigot.account.Account;
import dev.parigot.account.Throttle;
import dev.parigot.app.App;
import dev.parigot.engine.CallOutcome;
import dev.parigot.fleet.Fleet;
import dev.parigot.fleet.Origin;
import dev.parigot.observe.LogLine;
import dev.parigot.observe.Logs;
import dev.parigot.problem.Problem;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls that an account makes of the services of its app, private ones too: those of the machine on
 * which it runs the others. Each is a line in the app's log and in the platform's own.
 */
public final class RemoteCalls {
  private static final Logger AUDIT = LoggerFactory.getLogger("dev.parigot.audit");
  private static final double NANOS_A_MILLI = 1e6;

  /** Seconds' worth of calls that may be made at once. */
  private static final int SAVED_SECONDS = 10;

  private final Fleet fleet;
  private final Logs logs;
  private final Throttle throttle;

  /**
   * @param perSecond how many calls an account may make of an app in a second, over ten seconds
   */
  public RemoteCalls(Fleet fleet, Logs logs, Clock clock, int perSecond) {
    this.fleet = fleet;
    this.logs = logs;
    this.throttle =
        new Throttle(clock, perSecond * SAVED_SECONDS, Duration.ofSeconds(1).dividedBy(perSecond));
  }

  /** Makes a call and waits for it; a 429 {@code Problem} if there were too many. */
  public CallOutcome call(
      Account who, App app, String service, String method, byte[] request, Origin origin) {
    OptionalLong wait = throttle.take(who.id().value() + " " + app.id().value());
    if (wait.isPresent()) {
      throw Problem.user(
          429,
          "too-many-remote-calls",
          "Your account calls services of " + app.name() + " from elsewhere too often.",
          "Try again in " + wait.getAsLong() + " s.");
    }
    long start = System.nanoTime();
    CallOutcome outcome = fleet.call(app.id(), service, method, request, origin);
    audit(who, app, service + "." + method, outcome, System.nanoTime() - start);
    return outcome;
  }

  private void audit(Account who, App app, String method, CallOutcome outcome, long nanos) {
    String line =
        String.format(
            Locale.ROOT,
            "%s called %s from elsewhere: %s in %.1f ms",
            who.email(),
            method,
            result(outcome),
            nanos / NANOS_A_MILLI);
    logs.write(app.id(), "parigot", "", LogLine.Level.INFO, line, "");
    AUDIT.info("{}: {}", app.name(), line);
  }

  private static String result(CallOutcome outcome) {
    return outcome instanceof CallOutcome.Returned(byte[] response)
        ? response.length + " bytes"
        : "error " + Integer.toUnsignedString(outcome.code());
  }
}
