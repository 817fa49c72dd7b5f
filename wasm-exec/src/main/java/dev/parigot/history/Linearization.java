package dev.parigot.history;

import dev.parigot.history.Operation.Content;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks for an order of the operations of one key in which each is at some moment between its
 * beginning and its end, and finds what it tells (Wing and Gong, 1993, with Lowe's memory of what
 * was tried, 2017). What only looks is taken as soon as it fits: that loses no order.
 */
final class Linearization {
  /** Beside one for each operation. */
  private static final int MOST_TRIED = 100_000;

  /** In the order of their beginnings; these have ended. */
  private final List<Operation> ended = new ArrayList<>();

  /** These have not, and may have happened or not. */
  private final List<Operation> open = new ArrayList<>();

  private final Content before;
  private final Set<Place> tried = new HashSet<>();
  private @Nullable Place furthest;

  /**
   * @param before what the key has in the beginning
   */
  Linearization(List<Operation> operations, Content before) {
    operations.stream()
        .sorted(Comparator.comparingLong(each -> each.event().span().begin()))
        .forEach(each -> (each.event().span().ended() ? ended : open).add(each));
    this.before = before;
  }

  /** What came of the search. */
  sealed interface Result {
    /** There is such an order. */
    record Found() implements Result {}

    /** There are too many to try all. */
    record Undecided() implements Result {}

    /**
     * There is none.
     *
     * @param misfit comes next in the longest that was found, and doesn't fit
     * @param last that changed the key before it there; null if none did
     */
    record None(Operation misfit, @Nullable Operation last) implements Result {}
  }

  /**
   * What was done so far: all that have ended under {@code first}, some {@code ahead} of it, and
   * {@code taken} of those that are open.
   */
  private record Done(int first, BitSet ahead, BitSet taken, Content content) {
    boolean has(int index) {
      return ahead.get(index - first);
    }

    Done with(int index, Content then) {
      BitSet more = (BitSet) ahead.clone();
      more.set(index - first);
      int all = more.nextClearBit(0);
      return new Done(first + all, more.get(all, Math.max(all, more.length())), taken, then);
    }
  }

  private record Place(Done done, int count, @Nullable Operation last) {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Place place && done.equals(place.done);
    }

    @Override
    public int hashCode() {
      return done.hashCode();
    }
  }

  Result search() {
    Deque<Place> next = new ArrayDeque<>();
    next.push(new Place(new Done(0, new BitSet(), new BitSet(), before), 0, null));
    while (!next.isEmpty()) {
      Place place = withLooks(next.pop());
      if (place.done.first == ended.size()) {
        return new Result.Found();
      }
      if (!tried.add(place)) {
        continue;
      }
      if (tried.size() > MOST_TRIED + ended.size()) {
        return new Result.Undecided();
      }
      if (furthest == null || place.count > furthest.count) {
        furthest = place;
      }
      // The one that began first is tried first: it is pushed last.
      List<Place> after = after(place);
      after.reversed().forEach(next::push);
    }
    Place end = Objects.requireNonNull(furthest);
    return new Result.None(soonest(end), end.last);
  }

  /** With all that looks and fits. */
  private Place withLooks(Place place) {
    Place now = place;
    boolean more = !now.done.content.isUnknown();
    while (more && now.done.first < ended.size()) {
      more = false;
      long end = firstEnd(now.done);
      for (int i = now.done.first; i < ended.size() && begin(i) < end; i++) {
        Operation operation = ended.get(i);
        if (!now.done.has(i) && operation.looks() && operation.after(now.done.content) != null) {
          now = with(now, i, operation, now.done.content);
          more = true;
          break;
        }
      }
    }
    return now;
  }

  private List<Place> after(Place place) {
    List<Place> places = new ArrayList<>();
    long end = firstEnd(place.done);
    for (int i = place.done.first; i < ended.size() && begin(i) < end; i++) {
      Content content = place.done.has(i) ? null : ended.get(i).after(place.done.content);
      if (content != null) {
        places.add(with(place, i, ended.get(i), content));
      }
    }
    for (int i = 0; i < open.size(); i++) {
      Operation operation = open.get(i);
      Content content =
          place.done.taken.get(i) || operation.event().span().begin() >= end
              ? null
              : operation.after(place.done.content);
      if (content != null) {
        BitSet taken = (BitSet) place.done.taken.clone();
        taken.set(i);
        places.add(
            new Place(
                new Done(place.done.first, place.done.ahead, taken, content),
                place.count,
                operation));
      }
    }
    return places;
  }

  private static Place with(Place place, int index, Operation operation, Content content) {
    return new Place(
        place.done.with(index, content),
        place.count + 1,
        operation.looks() ? place.last : operation);
  }

  private long begin(int index) {
    return ended.get(index).event().span().begin();
  }

  /** What begins behind it can't be next. */
  private long firstEnd(Done done) {
    return soonest(done).event().span().end();
  }

  private Operation soonest(Place place) {
    return soonest(place.done);
  }

  private Operation soonest(Done done) {
    Operation soonest = ended.get(done.first);
    for (int i = done.first + 1; i < ended.size() && begin(i) < soonest.event().span().end(); i++) {
      if (!done.has(i) && ended.get(i).event().span().end() < soonest.event().span().end()) {
        soonest = ended.get(i);
      }
    }
    return soonest;
  }
}
