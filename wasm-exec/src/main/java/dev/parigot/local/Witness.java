package dev.parigot.local;

import dev.parigot.history.Chronicle;
import dev.parigot.history.Recorder;
import dev.parigot.situation.KeyValue;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks on while an app runs in memory, and notes what each step does. One that nobody needs notes
 * nothing.
 */
final class Witness {
  /** A run that does more than anybody can look at. */
  private static final int MOST = 20_000;

  private final IntSupplier taken;
  private final boolean noting;
  private final Chronicle chronicle = new Chronicle();
  private final @Nullable Recorder recorder;
  private final List<Event> events = new ArrayList<>();

  private Witness(IntSupplier taken, boolean noting, @Nullable Recorder recorder) {
    this.taken = taken;
    this.noting = noting;
    this.recorder = recorder;
    if (recorder != null) {
      chronicle.begin(recorder);
    }
  }

  /**
   * @param taken how many steps were taken by now
   */
  static Witness of(IntSupplier taken) {
    return new Witness(taken, true, null);
  }

  /** Of runs that are not looked at. */
  static Witness none() {
    return new Witness(() -> 0, false, null);
  }

  /** Of runs whose history is wanted. */
  static Witness telling(Recorder recorder) {
    return new Witness(() -> 0, false, recorder);
  }

  /** Where the history of the run is told. */
  Chronicle chronicle() {
    return chronicle;
  }

  /**
   * What comes now is no more than the end of a run.
   *
   * @param waiting the messages that are still to be delivered
   */
  void ended(Supplier<List<Long>> waiting) {
    if (recorder != null) {
      recorder.waiting(waiting);
      chronicle.end();
    }
  }

  List<Event> events() {
    return List.copyOf(events);
  }

  /** The store as services are to see it. */
  KeyValue over(KeyValue store) {
    return noting ? new Watched(store) : store;
  }

  void logged(Line line) {
    note(new Event.Logged(step(), line));
  }

  void moved(String queue, int number, byte[] message, Event.Place place) {
    if (noting) {
      note(new Event.Moved(step(), queue, number, Event.Value.of(message), place));
    }
  }

  private void note(Event event) {
    if (noting && events.size() < MOST) {
      events.add(event);
    }
  }

  private int step() {
    return taken.getAsInt() - 1;
  }

  private final class Watched implements KeyValue {
    private final KeyValue store;

    Watched(KeyValue store) {
      this.store = store;
    }

    @Override
    public byte @Nullable [] get(byte[] key) {
      byte[] value = store.get(key);
      note(new Event.Read(step(), Event.Value.of(key), Event.Value.ofNullable(value)));
      return value;
    }

    @Override
    public void put(byte[] key, byte[] value) {
      store.put(key, value);
      note(new Event.Wrote(step(), Event.Value.of(key), Event.Value.of(value)));
    }

    @Override
    public void delete(byte[] key) {
      store.delete(key);
      note(new Event.Wrote(step(), Event.Value.of(key), null));
    }

    @Override
    public boolean compareAndSet(byte[] key, byte @Nullable [] old, byte[] value) {
      boolean set = store.compareAndSet(key, old, value);
      Event.Value of = Event.Value.of(key);
      note(
          set
              ? new Event.Wrote(step(), of, Event.Value.of(value))
              : new Event.Differed(step(), of, Event.Value.ofNullable(store.get(key))));
      return set;
    }

    @Override
    public List<byte[]> list(byte[] prefix, byte[] after, int limit) {
      List<byte[]> keys = store.list(prefix, after, limit);
      note(new Event.Listed(step(), Event.Value.of(prefix), keys.size()));
      return keys;
    }
  }
}
