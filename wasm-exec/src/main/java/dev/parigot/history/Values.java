package dev.parigot.history;

import dev.parigot.history.Operation.Content;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The store is one place in which each operation happens at one moment. Keys are checked each by
 * itself, which is enough: what is in order for each of them is in order (Herlihy and Wing, 1990).
 * A list is taken for a look at each key that it has or could have.
 */
final class Values {
  private static final String RULE = "store";

  /** Looks at keys by lists: each list is one at each key. */
  private static final long MOST_LOOKS = 2_000_000;

  private final History history;
  private final SortedMap<String, List<Operation>> keys = new TreeMap<>(Keys.ORDER);
  private final List<String> undecided = new ArrayList<>();

  Values(History history) {
    this.history = history;
    List<Event.Listed> lists = new ArrayList<>();
    for (Event event : history.events()) {
      switch (event) {
        case Event.Listed listed -> {
          listed.keys().forEach(this::operations);
          lists.add(listed);
        }
        case Event.Read read -> add(read, read.key());
        case Event.Wrote wrote -> add(wrote, wrote.key());
        case Event.Compared compared -> add(compared, compared.key());
        default -> {}
      }
    }
    if ((long) lists.size() * keys.size() > MOST_LOOKS) {
      undecided.add("what %d lists of %d keys tell".formatted(lists.size(), keys.size()));
    } else {
      keys.keySet().forEach(key -> lists.forEach(listed -> add(listed, key)));
    }
  }

  private List<Operation> operations(String key) {
    return keys.computeIfAbsent(key, _ -> new ArrayList<>());
  }

  /** What ended before the history settled is part of what nobody knows. */
  private void add(Event.OfStore event, String key) {
    Operation operation = Operation.of(event, key);
    Span span = event.span();
    if (operation == null || span.end() < history.settled()) {
      return;
    }
    boolean unsure = span.begin() < history.settled();
    if (!unsure) {
      operations(key).add(operation);
    } else if (!operation.looks() && event.unended() instanceof Event.OfStore open) {
      operations(key).add(Objects.requireNonNull(Operation.of(open, key)));
    }
  }

  List<String> undecided() {
    return undecided;
  }

  List<Violation> check() {
    Content before = history.settled() == 0 ? Content.of(null) : Content.UNKNOWN;
    List<Violation> violations = new ArrayList<>();
    keys.forEach((key, operations) -> {
      switch (new Linearization(operations, before).search()) {
        case Linearization.Result.Found _ -> {}
        case Linearization.Result.Undecided _ ->
            undecided.add("the key " + Told.key(key) + ": too much happened to it at a time");
        case Linearization.Result.None(Operation misfit, var last) ->
            violations.add(violation(key, operations, misfit, last));
      }
    });
    return violations;
  }

  private static Violation violation(
      String key, List<Operation> operations, Operation misfit, @Nullable Operation last) {
    Operation told = last == null ? writer(operations, misfit) : last;
    Event first = told == null ? misfit.event() : told.event();
    String what =
        misfit.event() instanceof Event.Listed listed
            ? "%s %s %s"
                .formatted(
                    Told.of(listed),
                    listed.keys().contains(key) ? "and found" : "without",
                    Told.key(key))
            : Told.of(misfit.event());
    return new Violation(
        RULE,
        what + (told == null ? "" : " though " + Told.of(first)) + ": " + why(operations, misfit),
        first,
        misfit.event());
  }

  private static String why(List<Operation> operations, Operation misfit) {
    Operation writer = writer(operations, misfit);
    if (misfit instanceof Operation.Was(var _, String value) && value == null
        || misfit instanceof Operation.Changed(var _, String expected, var _) && expected == null) {
      return "an acknowledged write is lost";
    }
    if (!(misfit instanceof Operation.Was) && !(misfit instanceof Operation.Changed)) {
      return "no order of all that was done to it explains that";
    }
    return writer == null
        ? "nobody wrote that"
        : misfit.event().span().before(writer.event().span())
            ? "that was written only later"
            : "that is stale";
  }

  /** Who wrote what it found. */
  private static @Nullable Operation writer(List<Operation> operations, Operation misfit) {
    String found =
        switch (misfit) {
          case Operation.Was(var _, String value) -> value;
          case Operation.Changed(var _, String expected, var _) -> expected;
          default -> null;
        };
    return found == null
        ? null
        : operations.stream()
            .filter(each ->
                switch (each) {
                  case Operation.Became(var _, String value) -> found.equals(value);
                  case Operation.Changed(var event, var _, String value) ->
                      event != misfit.event() && found.equals(value);
                  default -> false;
                })
            .findFirst()
            .orElse(null);
  }
}
