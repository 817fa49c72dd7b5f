package dev.parigot.engine;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The code in use, each once. What nobody holds any more is forgotten. */
final class CodeCache {
  private record Key(String digest, Limits limits) {}

  private static final class Entry extends WeakReference<Code> {
    private final Key key;

    Entry(Key key, Code code, ReferenceQueue<Code> gone) {
      super(code, gone);
      this.key = key;
    }
  }

  private final ConcurrentMap<Key, Entry> entries = new ConcurrentHashMap<>();
  private final ReferenceQueue<Code> gone = new ReferenceQueue<>();

  Code get(String digest, Limits limits, Supplier<Code> maker) {
    forgetWhatIsGone();
    Key key = new Key(digest, limits);
    Code present = held(entries.get(key));
    if (present != null) {
      return present;
    }
    Code made = maker.get();
    while (true) {
      Entry winner =
          entries.merge(
              key,
              new Entry(key, made, gone),
              (old, candidate) -> old.get() == null ? candidate : old);
      Code code = winner.get();
      if (code != null) {
        return code;
      }
    }
  }

  private static @Nullable Code held(@Nullable Entry entry) {
    return entry == null ? null : entry.get();
  }

  private void forgetWhatIsGone() {
    while (gone.poll() instanceof Entry entry) {
      entries.remove(entry.key, entry);
    }
  }
}
