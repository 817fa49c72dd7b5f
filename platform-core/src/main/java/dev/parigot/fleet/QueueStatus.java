package dev.parigot.fleet;

import dev.parigot.metering.Metering;
import dev.parigot.queue.Messages;
import dev.parigot.release.Release;
import org.jspecify.annotations.Nullable;

/**
 * A queue as it fares now.
 *
 * @param declared what the active release says of it; null if it names no such queue, so that its
 *     messages wait
 * @param inFlight deliveries that this node makes now
 * @param lastMinute what this node has done
 */
public record QueueStatus(
    String name,
    Release.@Nullable Queue declared,
    Messages.Figures figures,
    int inFlight,
    Metering.QueueFigures lastMinute) {}
