package dev.parigot.demo;

import dev.parigot.app.AppId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A release of an app that runs in the browser of whoever has its address.
 *
 * @param name for its owner
 * @param release the number of the release that it shows, or null for the one that is live
 * @param startingData the digest of the data that it begins with; null for what the release brings
 *     along
 * @param expires from when on it is shown no more, or null
 * @param by the e-mail of who shared it
 * @param opens how often a browser has loaded its page from here
 * @param lastOpened when one did last, or null
 */
public record Demo(
    long id,
    DemoLabel label,
    AppId app,
    String name,
    @Nullable Integer release,
    @Nullable String startingData,
    boolean paused,
    @Nullable Instant expires,
    String by,
    Instant at,
    long opens,
    @Nullable Instant lastOpened) {
  /** What has become of a demo. One that was revoked is none any more. */
  public enum State {
    /** Whoever has the address can open it. */
    OPEN,
    /** Shows nothing until it is resumed. */
    PAUSED,
    /** Its time is over. */
    EXPIRED
  }

  public State state(Instant now) {
    if (expires != null && !now.isBefore(expires)) {
      return State.EXPIRED;
    }
    return paused ? State.PAUSED : State.OPEN;
  }
}
