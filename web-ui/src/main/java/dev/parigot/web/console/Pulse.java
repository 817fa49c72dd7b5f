package dev.parigot.web.console;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.UIDetachedException;
import com.vaadin.flow.component.page.PageVisibility;
import com.vaadin.flow.signals.Signal;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Renews what a component shows, at a steady pace and only while its page can be seen. What has not
 * changed is not sent.
 */
public final class Pulse {
  private static final Logger log = LoggerFactory.getLogger(Pulse.class);

  private final ScheduledExecutorService threads;
  private final Executor work;

  /**
   * @param threads on which what is shown is read; reading must be quick
   * @param work where what may take long is done
   */
  public Pulse(ScheduledExecutorService threads, Executor work) {
    this.threads = threads;
    this.work = work;
  }

  /** Does something that may take long, without the session's lock, and shows the result. */
  public <T> void once(Component shown, Supplier<T> task, Consumer<T> show) {
    UI ui = shown.getUI().orElseThrow();
    work.execute(() -> {
      T result = task.get();
      try {
        ui.access(() -> show.accept(result));
      } catch (UIDetachedException gone) {
        // Nobody is there to see the result.
      }
    });
  }

  /**
   * From now on, while the component is attached: reads on a thread of the pulse, and shows under
   * the lock of the component's session whatever differs from what was read before.
   */
  public <T> void follow(Component shown, Duration every, Supplier<T> read, Consumer<T> show) {
    shown.addAttachListener(event -> start(shown, event.getUI(), every, read, show));
    shown.getUI().ifPresent(ui -> start(shown, ui, every, read, show));
  }

  private <T> void start(
      Component shown, UI ui, Duration every, Supplier<T> read, Consumer<T> show) {
    AtomicBoolean visible = new AtomicBoolean(true);
    Signal<PageVisibility> visibility = ui.getPage().pageVisibilitySignal();
    var watching =
        Signal.effect(shown, () -> visible.set(visibility.get() != PageVisibility.HIDDEN));
    Beat<T> beat = new Beat<>(ui, visible, read, show);
    ScheduledFuture<?> beats =
        threads.scheduleWithFixedDelay(
            beat, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
    shown.addDetachListener(event -> {
      event.unregisterListener();
      watching.remove();
      beats.cancel(false);
    });
  }

  private static final class Beat<T> implements Runnable {
    private final UI ui;
    private final AtomicBoolean visible;
    private final Supplier<T> read;
    private final Consumer<T> show;
    private @Nullable T last;

    Beat(UI ui, AtomicBoolean visible, Supplier<T> read, Consumer<T> show) {
      this.ui = ui;
      this.visible = visible;
      this.read = read;
      this.show = show;
    }

    @Override
    public void run() {
      if (!visible.get()) {
        return;
      }
      try {
        T now = read.get();
        if (!Objects.equals(now, last)) {
          last = now;
          ui.access(() -> show.accept(now));
        }
      } catch (UIDetachedException gone) {
        // The page was closed since: its detach listener ends the beats.
        last = null;
      } catch (RuntimeException e) {
        // A beat that throws would be the last one.
        log.warn("What a page shows can't be read", e);
      }
    }
  }
}
