package dev.parigot.engine;

import dev.parigot.debug.SourceFiles;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * What an engine is given: it starts no thread of its own, but for a debugger.
 *
 * @param watchdog looks every few milliseconds for guests past their deadline; one thread will do
 * @param cancellers end such guests; each cancellation blocks a thread until its guest has ended
 * @param allowInterpreter start even if guests would run 45 to 160 times slower, uncompiled
 * @param debugged the source files of guests that are to be debugged, see {@link Engine#debugLine};
 *     else null
 */
public record EngineOptions(
    ScheduledExecutorService watchdog,
    Executor cancellers,
    boolean allowInterpreter,
    @Nullable SourceFiles debugged) {
  public EngineOptions(
      ScheduledExecutorService watchdog, Executor cancellers, boolean allowInterpreter) {
    this(watchdog, cancellers, allowInterpreter, null);
  }

  /** The same for guests that are debugged. */
  public EngineOptions debugging(SourceFiles sources) {
    return new EngineOptions(watchdog, cancellers, allowInterpreter, sources);
  }
}
