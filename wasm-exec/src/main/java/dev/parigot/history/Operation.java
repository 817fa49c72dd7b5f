package dev.parigot.history;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What an event of the store has to do with one key. */
sealed interface Operation {
  Event.OfStore event();

  /** The key had that value; null for none. */
  record Was(Event.OfStore event, @Nullable String value) implements Operation {}

  /** The key had another value than that. */
  record WasNot(Event.OfStore event, @Nullable String value) implements Operation {}

  /** The key had some value. */
  record WasThere(Event.OfStore event) implements Operation {}

  /** The key has that value from now on. */
  record Became(Event.OfStore event, @Nullable String value) implements Operation {}

  /** The key had one value, and has the other one from now on. */
  record Changed(Event.OfStore event, @Nullable String expected, String value)
      implements Operation {}

  /** What it has to do with a key; null for nothing, or nothing that can be known. */
  static @Nullable Operation of(Event.OfStore event, String key) {
    return switch (event) {
      case Event.Read read -> read.key().equals(key) ? new Was(read, read.value()) : null;
      case Event.Wrote wrote -> wrote.key().equals(key) ? new Became(wrote, wrote.value()) : null;
      case Event.Compared compared ->
          !compared.key().equals(key)
              ? null
              : compared.set()
                  ? new Changed(compared, compared.expected(), compared.value())
                  : new WasNot(compared, compared.expected());
      case Event.Listed listed -> ofList(listed, key);
    };
  }

  /** A list that is full tells nothing of what comes after its last key. */
  private static @Nullable Operation ofList(Event.Listed listed, String key) {
    if (listed.keys().contains(key)) {
      return new WasThere(listed);
    }
    boolean full = listed.keys().size() >= listed.limit();
    boolean inside =
        Keys.begins(key, listed.prefix())
            && (listed.after().isEmpty() || Keys.ORDER.compare(key, listed.after()) > 0)
            && (!full || Keys.ORDER.compare(key, listed.keys().getLast()) < 0);
    return inside ? new Was(listed, null) : null;
  }

  /** Whether it only tells what is. */
  default boolean looks() {
    return !(this instanceof Became) && !(this instanceof Changed);
  }

  /** What the key has after it; null if it can't be when the key has that. */
  default @Nullable Content after(Content before) {
    return switch (this) {
      case Was(var _, String value) ->
          before.isUnknown() || before.is(value) ? Content.of(value) : null;
      case WasNot(var _, String value) -> before.isUnknown() || !before.is(value) ? before : null;
      case WasThere _ -> before.isUnknown() || !before.is(null) ? before : null;
      case Became(var _, String value) -> Content.of(value);
      case Changed(var _, String expected, String value) ->
          before.isUnknown() || before.is(expected) ? Content.of(value) : null;
    };
  }

  /** What a key has: a value by its digest, none, or anything. */
  record Content(boolean isUnknown, @Nullable String value) {
    static final Content UNKNOWN = new Content(true, null);

    static Content of(@Nullable String value) {
      return new Content(false, value);
    }

    boolean is(@Nullable String other) {
      return !isUnknown && Objects.equals(value, other);
    }
  }
}
