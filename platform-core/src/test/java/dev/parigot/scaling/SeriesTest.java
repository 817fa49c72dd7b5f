package dev.parigot.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parigot.app.AppId;
import dev.parigot.fleet.ServiceLoad;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SeriesTest {
  private static final Instant BEGAN = Instant.parse("2030-01-31T12:00:00Z");
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final Series series = new Series();

  @Test
  void aStepIsTheAverageOfWhatWasSeenInIt() {
    series.add(load(2, SECOND, 0, 10, 20));
    series.add(load(3, 3 * SECOND, SECOND, 400));
    series.end(BEGAN, 50, 5);

    assertThat(series.read(BEGAN, 1))
        .containsExactly(new Load(BEGAN, 10, 1, 2, 0.5, 20_000_000, 3, 0.25, 1 << 20));
  }

  @Test
  void stepsWithoutLoadAreReadAsNothing() {
    series.add(load(1, 0, 0));
    series.end(BEGAN, 0, 0);
    series.end(BEGAN.plusSeconds(5), 0, 0);
    series.add(load(4, 0, 0));
    series.end(BEGAN.plusSeconds(10), 0, 0);

    assertThat(series.read(BEGAN.plusSeconds(15), 5))
        .extracting(Load::instances)
        .containsExactly(0, 1, 0, 4, 0);
    assertThat(series.read(BEGAN.plusSeconds(15), 5))
        .extracting(Load::at)
        .isEqualTo(
            List.of(
                BEGAN.minusSeconds(5),
                BEGAN,
                BEGAN.plusSeconds(5),
                BEGAN.plusSeconds(10),
                BEGAN.plusSeconds(15)));
  }

  @Test
  void anHourIsKept() {
    Instant at = BEGAN;
    for (int i = 0; i < Load.KEPT + 10; i++) {
      series.add(load(1, 0, 0));
      series.end(at, 0, 0);
      at = at.plusSeconds(5);
    }
    assertThat(series.read(at.minusSeconds(5), Load.KEPT + 10).stream())
        .filteredOn(step -> step.instances() == 1)
        .hasSize(Load.KEPT);
  }

  @Test
  void anHourLaterNothingIsLeft() {
    series.add(load(1, 0, 0));
    series.end(BEGAN, 0, 0);
    assertThat(series.isEmpty()).isFalse();
    series.end(BEGAN.plusSeconds(3600), 0, 0);
    assertThat(series.isEmpty()).isTrue();
  }

  private static ServiceLoad load(int instances, long busy, long waited, long... waitsMillis) {
    long[] waits = new long[waitsMillis.length];
    for (int i = 0; i < waits.length; i++) {
      waits[i] = TimeUnit.MILLISECONDS.toNanos(waitsMillis[i]);
    }
    return new ServiceLoad(
        new AppId(1),
        "cart",
        SECOND,
        0,
        8,
        instances,
        busy,
        waited,
        waits,
        0,
        SECOND / 4,
        1 << 20,
        0,
        0,
        0,
        0);
  }
}
