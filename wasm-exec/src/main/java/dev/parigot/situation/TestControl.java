package dev.parigot.situation;

import dev.parigot.engine.CallOutcome;
import java.util.List;

/** What a test module can do to the situation that it tests in. */
public interface TestControl {
  /** Moves the clock, with everything that is due meanwhile; waits until it is there. */
  void advance(long nanos);

  /** Waits until no other call runs and no message waits. */
  void quiesce();

  /** Makes the call of a schedule now and waits for it; fails with 404 if there is no such one. */
  CallOutcome runCron(Call caller, String name);

  /**
   * The messages that the channel got since the test began, in their order; fails with 400 or 404
   * as publishing does.
   */
  List<byte[]> published(String channel);
}
