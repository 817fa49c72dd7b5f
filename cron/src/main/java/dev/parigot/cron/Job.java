package dev.parigot.cron;

import dev.parigot.manifest.Schedule;
import dev.parigot.release.Release;
import java.util.List;
import java.util.Optional;

/**
 * A schedule of the live release, and how it fares.
 *
 * @param on whether it fires by itself in the app's situation
 * @param next when it is due next; empty if it is off, or never is again
 * @param last the newest of its runs
 */
public record Job(
    String name, Release.Cron cron, boolean on, List<Schedule.Tick> next, Optional<Run> last) {}
