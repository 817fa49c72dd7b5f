package dev.parigot.metering;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The newest spans of time, each with something that is counted in it. Without locks: a span is
 * begun by whoever comes first, and never emptied, only left behind.
 */
final class Window<T> {
  private record Span<T>(long number, T content) {}

  private final AtomicReferenceArray<@Nullable Span<T>> ring;
  private final long spanMillis;
  private final Supplier<T> empty;

  Window(int spans, long spanMillis, Supplier<T> empty) {
    this.ring = new AtomicReferenceArray<>(spans);
    this.spanMillis = spanMillis;
    this.empty = empty;
  }

  /** The content of the span of this time; begins it if need be. */
  T at(long millis) {
    long number = Math.floorDiv(millis, spanMillis);
    int place = Math.floorMod(number, ring.length());
    while (true) {
      Span<T> span = ring.get(place);
      if (span != null && span.number >= number) {
        return span.content;
      }
      Span<T> next = new Span<>(number, empty.get());
      if (ring.compareAndSet(place, span, next)) {
        return next.content;
      }
    }
  }

  /** The content of the span that began so many spans before that of this time, if it has any. */
  @Nullable T ago(long millis, int spans) {
    long number = Math.floorDiv(millis, spanMillis) - spans;
    Span<T> span = ring.get(Math.floorMod(number, ring.length()));
    return span != null && span.number == number ? span.content : null;
  }

  /** The contents of the newest spans up to that of this time, those that have any. */
  List<T> newest(long millis, int spans) {
    List<T> contents = new ArrayList<>(spans);
    for (int i = spans - 1; i >= 0; i--) {
      T content = ago(millis, i);
      if (content != null) {
        contents.add(content);
      }
    }
    return contents;
  }
}
