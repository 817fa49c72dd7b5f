package dev.parigot.observe;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Those who want to be told something, in the order in which they came. */
final class Listeners<T> {
  private static final Logger log = LoggerFactory.getLogger(Listeners.class);

  private final List<Place<T>> places = new CopyOnWriteArrayList<>();

  Subscription add(Consumer<? super T> listener) {
    Place<T> place = new Place<>(listener);
    places.add(place);
    return () -> places.remove(place);
  }

  /** A listener that fails harms neither the teller nor the other listeners. */
  void tell(T news) {
    for (Place<T> place : places) {
      try {
        place.listener.accept(news);
      } catch (RuntimeException e) {
        log.warn("A listener failed", e);
      }
    }
  }

  boolean isEmpty() {
    return places.isEmpty();
  }

  /** Has an identity of its own: a listener may come twice. */
  private static final class Place<T> {
    final Consumer<? super T> listener;

    Place(Consumer<? super T> listener) {
      this.listener = listener;
    }
  }
}
