package dev.parigot.web.api;

import dev.parigot.problem.Problem;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list.
 *
 * @param next what to give as {@code after} to get the part that follows, or null at the end
 */
@Schema(description = "A part of a list.")
record Listing<T>(
    List<T> items,
    @Schema(
            description = "What to give as `after` to get the part that follows; null at the end.",
            nullable = true)
        @Nullable String next) {

  /** One more than {@code limit} was asked for: that one only tells that there is more. */
  static <S, T> Listing<T> of(
      List<S> found, int limit, Function<? super S, String> cursor, Function<? super S, T> told) {
    boolean more = found.size() > limit;
    List<S> part = more ? found.subList(0, limit) : found;
    return new Listing<>(
        part.stream().<T>map(told).toList(), more ? cursor.apply(part.getLast()) : null);
  }

  /** A cursor that is a number; 0 for none. */
  static long number(String after) {
    if (after.isEmpty()) {
      return 0;
    }
    try {
      return Long.parseLong(after);
    } catch (NumberFormatException e) {
      throw Problem.user(
          400,
          "invalid-cursor",
          "\"" + after + "\" is no place in this list.",
          "Give as \"after\" what an earlier part of the list had as \"next\".");
    }
  }
}
