package dev.parigot.debug;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The line from a debugger to guests, for messages of the Debug Adapter Protocol. */
public interface Line extends AutoCloseable {
  /**
   * What the guests' side says next, waited for; null once it has hung up. It has to be read
   * always.
   */
  byte @Nullable [] read() throws IOException;

  /** Says something to the guests' side. */
  void write(byte[] message) throws IOException;

  /** Lets paused guests go on, and no debugger stop them any more. May be called again. */
  void leave();

  /** Hangs up. May be called again. */
  @Override
  void close();
}
