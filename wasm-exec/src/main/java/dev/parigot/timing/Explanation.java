package dev.parigot.timing;

import org.jspecify.annotations.Nullable;

/**
 * Why a run fails.
 *
 * @param sentence for a reader, without an end
 * @param first the step that comes before the other one in the run that fails, null if there is no
 *     such pair
 * @param second that one; where it comes first, the test passes
 * @param passing the run that is like the failing one for the longest time, and passes; null if
 *     none does
 */
public record Explanation(
    String sentence, @Nullable Step first, @Nullable Step second, @Nullable Run passing) {}
