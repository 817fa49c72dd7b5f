package dev.parigot.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parigot.app.AppId;
import dev.parigot.fleet.ServiceLoad;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** It looks once a second here. */
class ScalerTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final int MAX = 8;

  private final Scaler scaler = new Scaler(Duration.ofMinutes(5));
  private final List<String> told = new ArrayList<>();
  private long now = 7 * SECOND;
  private int min;
  private int instances;
  private int first;
  private int late;
  private int idleSeconds;

  @Test
  void theFirstCallStartsAnInstance() {
    first = 1;
    instances = 1;
    look(0.1, 0);
    assertThat(told).containsExactly("0 → 1: the first call");
  }

  @Test
  void aCallAfterALongTimeIsToldWithThatTime() {
    first = 1;
    instances = 1;
    look(0.1, 0);
    idleSeconds = 300;
    look(0, 0);
    assertThat(instances).isZero();
    now += TimeUnit.MINUTES.toNanos(20);
    first = 1;
    instances = 1;
    idleSeconds = 0;
    look(0.1, 0);
    assertThat(told)
        .containsExactly(
            "0 → 1: the first call",
            "1 → 0: no call for 5 min",
            "0 → 1: the first call for 20 min");
  }

  @Test
  void callsThatWaitedAsLongAsAStartTakesStartAnother() {
    started(1);
    late = 2;
    instances = 3;
    look(0.2, 0);
    assertThat(told).containsExactly("1 → 3: 2 calls had waited as long as a start takes, 22 ms");
  }

  @Test
  void callsThatRunAtOnceGetInstancesAhead() {
    started(2);
    look(1.9, 0);
    assertThat(told).isEmpty();
    for (int i = 0; i < 4; i++) {
      look(1.9, 0);
    }
    assertThat(told).containsExactly("2 → 3: on average 1.9 calls ran at once in the last 5 s");
    assertThat(instances).isEqualTo(3);
  }

  @Test
  void callsThatWaitGetInstancesToo() {
    started(2);
    for (int i = 0; i < 5; i++) {
      look(2, 1.2, 14);
    }
    assertThat(told)
        .first()
        .asString()
        .startsWith("2 → ")
        .contains("calls ran at once and")
        .endsWith("waited, up to 14 ms, in the last 5 s");
  }

  @Test
  void neverMoreThanMaxAndThatIsToldOnceAMinute() {
    started(MAX);
    for (int i = 0; i < 30; i++) {
      look(MAX, 12, 400);
    }
    assertThat(told)
        .singleElement()
        .asString()
        .startsWith("8 → 8: its max is reached, though on average ");
  }

  @Test
  void loadThatComesAndGoesKeepsItsInstances() {
    started(4);
    for (int i = 0; i < 120; i++) {
      look(i % 30 == 0 ? 3 : 0, 0);
    }
    assertThat(told).isEmpty();
    assertThat(instances).isEqualTo(4);
  }

  @Test
  void aMinuteOfLessLoadEndsWhatIsNotNeeded() {
    started(4);
    for (int i = 0; i < 65; i++) {
      look(0.2, 0);
    }
    assertThat(told)
        .containsExactly("4 → 1: at most 0.2 calls ran or waited at once in the last 60 s");
  }

  @Test
  void noCallForTheIdleTimeEndsAllButTheMinimum() {
    min = 1;
    started(3);
    idleSeconds = 300;
    look(0, 0);
    look(0, 0);
    assertThat(told).containsExactly("3 → 1: no call for 5 min");
  }

  @Test
  void whatReplacesFailedInstancesIsNotTold() {
    started(3);
    instances = 1;
    look(0.5, 0);
    late = 2;
    instances = 3;
    look(0.5, 0);
    instances = 2;
    for (int i = 0; i < 10; i++) {
      look(2.2, 0);
    }
    assertThat(instances).isEqualTo(3);
    assertThat(told).isEmpty();
  }

  /** So many were started long ago, and that was told. */
  private void started(int count) {
    instances = count;
    look(FULLY * count, 0);
    told.clear();
    now += TimeUnit.MINUTES.toNanos(2);
  }

  private static final double FULLY = 0.5;

  private void look(double running, double waiting, long... waitedMillis) {
    long[] waits = new long[waitedMillis.length];
    for (int i = 0; i < waits.length; i++) {
      waits[i] = TimeUnit.MILLISECONDS.toNanos(waitedMillis[i]);
    }
    now += SECOND;
    ServiceLoad load =
        new ServiceLoad(
            new AppId(1),
            "cart",
            SECOND,
            min,
            MAX,
            instances,
            (long) (running * SECOND),
            (long) (waiting * SECOND),
            waits,
            0,
            0,
            0,
            first,
            late,
            TimeUnit.MILLISECONDS.toNanos(22),
            idleSeconds * SECOND);
    first = 0;
    late = 0;
    for (Scaler.Step step : scaler.look(load, now)) {
      if (step.isNews()) {
        told.add(step.from() + " → " + step.to() + ": " + step.reason());
      }
      instances = step.to();
    }
  }
}
