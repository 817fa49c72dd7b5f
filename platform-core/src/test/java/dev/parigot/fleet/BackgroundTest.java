package dev.parigot.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class BackgroundTest {
  private final List<String> done = new ArrayList<>();

  /** Threads as a list of what they were given: nothing runs before it is told to. */
  private final Deque<Runnable> threads = new ArrayDeque<>();

  private boolean busy;
  private final Background background = new Background(this::execute, 2, 3);
  private Background late = background;

  private void execute(Runnable work) {
    if (busy) {
      throw new RejectedExecutionException();
    }
    threads.add(work);
  }

  @Test
  void soManyRunAndTheOthersWait() {
    submit("a", "b", "c");
    assertThat(threads).hasSize(2);
    runAll();
    assertThat(done).containsExactly("a", "b", "c");
  }

  @Test
  void whatFindsNoPlaceToWaitIsRefused() {
    submit("a", "b", "c");
    assertThat(background.submit(new Named("d"))).isFalse();
    runAll();
    assertThat(background.submit(new Named("d"))).isTrue();
    runAll();
    assertThat(done).containsExactly("a", "b", "c", "d");
  }

  @Test
  void aThreadGoesBackAfterEachTask() {
    submit("a", "b", "c");
    threads.removeFirst().run();
    assertThat(done).containsExactly("a");
    assertThat(threads).hasSize(2);
  }

  @Test
  void whatIsTakenBackIsNotRun() {
    Named task = new Named("a");
    background.submit(task);
    assertThat(background.withdraw(task)).isTrue();
    assertThat(background.withdraw(task)).isFalse();
    runAll();
    assertThat(done).isEmpty();
  }

  @Test
  void whatFindsNoThreadIsRefused() {
    busy = true;
    assertThat(background.submit(new Named("a"))).isFalse();
    busy = false;
    submit("b");
    runAll();
    assertThat(done).containsExactly("b");
  }

  @Test
  void withoutAThreadForTheNextTaskTheSameOneGoesOn() {
    submit("a", "b", "c");
    busy = true;
    runAll();
    assertThat(done).containsExactly("a", "b", "c");
  }

  @Test
  void whatALackOfThreadsHeldUpIsResumed() {
    Background one =
        new Background(
            work -> {
              if (done.isEmpty()) {
                // Another task comes while there is no thread for this one.
                done.add("another");
                assertThat(late.submit(new Named("late"))).isTrue();
                throw new RejectedExecutionException();
              }
              threads.add(work);
            },
            1,
            3);
    late = one;
    assertThat(one.submit(new Named("first"))).isFalse();
    assertThat(threads).isEmpty();
    one.resume();
    one.resume();
    runAll();
    assertThat(done).containsExactly("another", "late");
  }

  @Test
  void whatWaitsWhenItIsClosedIsDropped() {
    submit("a", "b");
    background.close();
    runAll();
    assertThat(done).containsExactly("a dropped", "b dropped");
    assertThat(background.submit(new Named("c"))).isFalse();
  }

  private void submit(String... names) {
    for (String name : names) {
      assertThat(background.submit(new Named(name))).isTrue();
    }
  }

  private void runAll() {
    while (!threads.isEmpty()) {
      threads.removeFirst().run();
    }
  }

  private final class Named implements Background.Task {
    private final String name;

    Named(String name) {
      this.name = name;
    }

    @Override
    public void run() {
      done.add(name);
    }

    @Override
    public void drop() {
      done.add(name + " dropped");
    }
  }
}
