package dev.parigot.local;

/**
 * A line of an app's log.
 *
 * @param level 0 (trace) to 4 (error)
 * @param call the id of the call that wrote it, or empty
 */
public record Line(String service, String instance, int level, String message, String call) {}
