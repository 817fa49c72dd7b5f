package dev.parigot.engine;

import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;

/**
 * What an engine is given: it starts no thread of its own.
 *
 * @param watchdog looks every few milliseconds for guests past their deadline; one thread will do
 * @param cancellers end such guests; each cancellation blocks a thread until its guest has ended
 * @param allowInterpreter start even if guests would run 45 to 160 times slower, uncompiled
 */
public record EngineOptions(
    ScheduledExecutorService watchdog, Executor cancellers, boolean allowInterpreter) {}
