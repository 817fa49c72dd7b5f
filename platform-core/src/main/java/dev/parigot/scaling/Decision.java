package dev.parigot.scaling;

import java.time.Instant;

/**
 * A change of the number of a service's instances, or why it could not change.
 *
 * @param from how many there were
 * @param to how many there are to be; the same if there can't be more
 * @param reason in plain words
 */
public record Decision(Instant at, String service, int from, int to, String reason) {}
