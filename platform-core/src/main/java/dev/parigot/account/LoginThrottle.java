package dev.parigot.account;

import dev.parigot.problem.Problem;
import java.time.Clock;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * Counts failed logins by e-mail and by remote address, and refuses further ones for a while.
 *
 * <p>A login is counted in both before its password is looked at, and given back if it succeeds:
 * otherwise many guesses sent at once would all pass.
 */
public final class LoginThrottle {
  /** Failures in a row for one e-mail; another is let through every {@link #EMAIL_REFILL}. */
  static final int EMAIL_FAILURES = 10;

  static final Duration EMAIL_REFILL = Duration.ofSeconds(30);

  /** Higher than for an e-mail, as many people may share an address. */
  static final int ADDRESS_FAILURES = 50;

  static final Duration ADDRESS_REFILL = Duration.ofSeconds(6);

  private final Throttle emails;
  private final Throttle addresses;

  public LoginThrottle(Clock clock) {
    this.emails = new Throttle(clock, EMAIL_FAILURES, EMAIL_REFILL);
    this.addresses = new Throttle(clock, ADDRESS_FAILURES, ADDRESS_REFILL);
  }

  /** A login under way. */
  public interface Attempt {
    /** It succeeded, so it does not count. */
    void succeeded();
  }

  /**
   * Begins a login, of the e-mail or of none if it is empty; a 429 {@link Problem} with the seconds
   * to wait if there were too many.
   */
  public Attempt begin(String email, String remoteAddress) {
    String network = Throttle.network(remoteAddress);
    refuse(addresses.take(network));
    OptionalLong wait = emails.take(email);
    if (wait.isPresent()) {
      addresses.giveBack(network);
    }
    refuse(wait);
    return () -> {
      emails.giveBack(email);
      addresses.giveBack(network);
    };
  }

  private static void refuse(OptionalLong wait) {
    if (wait.isPresent()) {
      throw Problem.user(
          429,
          "too-many-failed-logins",
          "There were too many failed logins.",
          "Try again in " + wait.getAsLong() + " seconds.");
    }
  }
}
