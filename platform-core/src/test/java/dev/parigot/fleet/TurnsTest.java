package dev.parigot.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.parigot.engine.CallOutcome;
import dev.parigot.situation.Call;
import dev.parigot.situation.WallTime;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Time passes here in looks, 10 ms each. */
class TurnsTest {
  private static final long LOOKS_A_SECOND = TimeUnit.SECONDS.toNanos(1) / Turns.EVERY_NANOS;

  private final Turns turns = new Turns(2);
  private final InstancePool pool =
      new InstancePool(
          new InstancePool.Size(0, 4, 4),
          share(0),
          () -> new Runner(-1),
          new WallTime(Clock.systemUTC(), System::nanoTime),
          (_, _, _) -> {});
  private final List<Turns.Seat> seats = new ArrayList<>();
  private long now;

  @Test
  void anAppAloneHasAllCores() {
    List<Runner> loops = runners(share(0), 2);
    look(200);
    assertThat(loops).noneMatch(loop -> loop.paused);
    assertThat(loops).extracting(loop -> loop.ran).containsOnly(200L);
  }

  @Test
  void moreLongCallsThanCoresTakeTurns() {
    List<Runner> loops = runners(share(0), 4);
    look(2000);
    assertThat(loops.stream().filter(loop -> !loop.paused)).hasSize(2);
    assertThat(loops).allSatisfy(loop -> assertThat(loop.ran).isCloseTo(1000, within(50L)));
  }

  @Test
  void aShortCallIsNeverPaused() {
    runners(share(0), 4);
    Share other = share(0);
    look(100);
    for (int call = 0; call < 50; call++) {
      Runner one = runner(other);
      look(2);
      assertThat(one.paused).isFalse();
      one.end();
    }
  }

  @Test
  void oneCoreIsKeptFreeForShortCallsOfOthers() {
    List<Runner> loops = runners(share(0), 4);
    Share quiet = share(0);
    look(100);
    assertThat(loops.stream().filter(loop -> !loop.paused)).hasSize(2);

    quiet.call();
    look(1);
    assertThat(loops.stream().filter(loop -> !loop.paused)).hasSize(1);

    look(2 * LOOKS_A_SECOND);
    assertThat(loops.stream().filter(loop -> !loop.paused))
        .as("a second later the quiet app is no longer waited for")
        .hasSize(2);
  }

  @Test
  void anAppWithManyLongCallsHasNoMoreThanOneWithFew() {
    List<Runner> many = runners(share(0), 8);
    List<Runner> few = runners(share(0), 1);
    look(20 * LOOKS_A_SECOND);
    long all = 20 * LOOKS_A_SECOND;
    assertThat(few.getFirst().ran).isGreaterThan(all * 8 / 10);
    assertThat(many.stream().mapToLong(loop -> loop.ran).sum())
        .isBetween(all * 8 / 10, all * 12 / 10);
  }

  @Test
  void aFloodOfShortCallsDoesNotGoAheadOfALongOne() {
    Share flooding = share(0);
    List<Runner> flood = runners(flooding, 8);
    look(LOOKS_A_SECOND);
    Runner single = runner(share(0));
    for (int i = 0; i < 5 * LOOKS_A_SECOND; i++) {
      // Each of them that was allowed to run has ended, and the next call is in its instance.
      flood.stream().filter(each -> !each.paused).forEach(Runner::next);
      look(1);
    }
    assertThat(single.ran).isGreaterThan(4 * LOOKS_A_SECOND);
  }

  @Test
  void whoWaitsInAnImportOrEndsMakesRoom() {
    List<Runner> loops = runners(share(0), 3);
    look(100);
    Runner paused = loops.stream().filter(loop -> loop.paused).findFirst().orElseThrow();
    loops.stream().filter(loop -> !loop.paused).findFirst().orElseThrow().end();
    look(1);
    assertThat(paused.paused).isFalse();
  }

  @Test
  void aPauseThatComesTooLateIsTakenBack() {
    List<Runner> loops = runners(share(0), 3);
    look(100);
    Runner paused = loops.stream().filter(loop -> loop.paused).findFirst().orElseThrow();
    paused.next();
    look(1);
    assertThat(paused.paused).as("its call had ended, and the next one is short").isFalse();
  }

  @Test
  void anAppThatIsCrowdedOutCallsInNoMoreThanCanRun() {
    Share busy = share(0);
    runners(busy, 4);
    for (int i = 0; i < 4; i++) {
      assertThat(busy.door().tryAcquire()).isTrue();
    }
    look(LOOKS_A_SECOND);
    share(0).call();
    look(1);
    assertThat(busy.door().tryAcquire()).as("it may run one, and four are in").isFalse();

    look(2 * LOOKS_A_SECOND);
    assertThat(busy.door().tryAcquire()).as("nobody else is there any more").isTrue();
  }

  @Test
  void aFloodOfSmallCallsIsChargedThoughItsGuestsAreNeverSeen() {
    Share busy = share(0);
    Share quiet = share(0);
    long callsALook = Turns.EVERY_NANOS / Share.CALL_NANOS;
    for (int i = 0; i < LOOKS_A_SECOND; i++) {
      for (long call = 0; call < callsALook; call++) {
        busy.arrive();
      }
      quiet.arrive();
      look(1);
    }
    assertThat(busy.isFull()).as("it keeps a core busy").isTrue();
    assertThat(quiet.isFull()).isFalse();

    look(2 * LOOKS_A_SECOND);
    assertThat(busy.isFull()).isFalse();
  }

  @Test
  void callsThatWaitElsewhereDoNotCount() {
    Share busy = share(0);
    runners(busy, 2);
    for (int i = 0; i < 10; i++) {
      assertThat(busy.door().tryAcquire()).isTrue();
    }
    look(LOOKS_A_SECOND);
    share(0).call();
    look(1);
    // Two are in their guests, eight wait in imports; one of the two may run.
    busy.door().release(2);
    assertThat(busy.door().tryAcquire()).isTrue();
  }

  @Test
  void callsThatWaitForAnInstanceDoNotMakeRoomForOthers() {
    Share busy = share(0);
    runners(busy, 2);
    for (int i = 0; i < 10; i++) {
      assertThat(busy.door().tryAcquire()).isTrue();
    }
    for (int i = 0; i < 8; i++) {
      busy.queue();
    }
    look(LOOKS_A_SECOND);
    share(0).call();
    look(1);
    busy.door().release(9);
    assertThat(busy.door().tryAcquire()).as("one is in").isFalse();
  }

  @Test
  void anAppMayTakeNoMoreOfTheCoresThanItsLimit() {
    Share limited = share(0.5);
    List<Runner> loops = runners(limited, 2);
    look(20 * LOOKS_A_SECOND);
    long ran = loops.stream().mapToLong(loop -> loop.ran).sum();
    assertThat(ran).isBetween(10 * LOOKS_A_SECOND, 11 * LOOKS_A_SECOND);
  }

  @Test
  void whoHasSpentItsTimeWaitsAtTheDoorUntilItMayGoOn() {
    Share limited = share(0.5);
    List<Runner> loops = runners(limited, 2);
    look(LOOKS_A_SECOND);
    assertThat(limited.hasSpentItsTime()).isTrue();
    assertThat(loops).allMatch(loop -> loop.paused);
    assertThat(limited.door().tryAcquire()).isFalse();

    loops.forEach(Runner::end);
    look(LOOKS_A_SECOND / 2);
    assertThat(limited.hasSpentItsTime()).isFalse();
    assertThat(limited.door().tryAcquire()).isTrue();
  }

  @Test
  void processorTimeIsChargedToTheAppAndItsService() {
    Share share = share(0);
    runners(share, 1);
    look(5 * LOOKS_A_SECOND);
    assertThat(share.coresLately()).isCloseTo(1, within(0.05));
    assertThat(pool.read().cpuNanos())
        .isCloseTo(TimeUnit.SECONDS.toNanos(5), within(TimeUnit.MILLISECONDS.toNanos(50)));

    seats.forEach(turns::leave);
    look(5 * LOOKS_A_SECOND);
    assertThat(share.coresLately()).isLessThan(0.05);
  }

  private Share share(double cores) {
    return turns.share(new Share.Limits(32, cores, Long.MAX_VALUE));
  }

  private List<Runner> runners(Share share, int count) {
    List<Runner> runners = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      runners.add(runner(share));
    }
    return runners;
  }

  private Runner runner(Share share) {
    Runner runner = new Runner(0);
    seats.add(share.sit(runner, pool));
    return runner;
  }

  private void look(long times) {
    for (int i = 0; i < times; i++) {
      now += Turns.EVERY_NANOS;
      seats.forEach(seat -> ((Runner) seat.guest()).pass());
      turns.look(now);
    }
  }

  /** A guest that runs without end. */
  private static final class Runner implements Guest {
    private long visit;
    private long ran;
    private boolean paused;

    Runner(long visit) {
      this.visit = visit;
    }

    void pass() {
      if (visit >= 0 && !paused) {
        ran++;
      }
    }

    void end() {
      visit = -1;
    }

    /** Its call ends, and another one begins. */
    void next() {
      visit++;
    }

    @Override
    public long running() {
      return visit;
    }

    @Override
    public void pause() {
      paused = true;
    }

    @Override
    public void resume() {
      paused = false;
    }

    @Override
    public String name() {
      return "runner";
    }

    @Override
    public CallOutcome call(Call call, byte[] request) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void warm() {}

    @Override
    public boolean usable() {
      return true;
    }

    @Override
    public void close() {}
  }
}
