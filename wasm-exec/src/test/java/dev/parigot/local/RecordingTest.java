package dev.parigot.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parigot.timing.Explorer;
import dev.parigot.timing.Run;
import dev.parigot.timing.Seed;
import dev.parigot.timing.Step;
import dev.parigot.timing.StrategyKind;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecordingTest {
  private static final ExampleApp RACE = ExampleApp.in(Path.of("src/test/resources/apps/race"));
  private static final Seed SEED = new Seed(1);

  private static Run failing(TestMethod test) throws InterruptedException {
    return Objects.requireNonNull(
            new Explorer(StrategyKind.MIX, SEED, Set.of(), Map.of())
                .explore(RACE.tests().trial(test, SEED), 100, _ -> true)
                .found())
        .smallest();
  }

  private static String text(Event.@Nullable Value value) {
    return value == null ? "nothing" : new String(value.start(), StandardCharsets.UTF_8);
  }

  @Test
  void aRunThatFailsIsRepeatedAndTellsWhatEachStepReadAndWrote() throws InterruptedException {
    TestMethod test = new TestMethod("race_test", "test_two_at_once");
    Run failing = failing(test);

    Recording recording = RACE.tests().record(test, SEED, failing.choices());

    assertThat(recording.report().steps()).isEqualTo(failing.steps());
    List<Step> steps = recording.report().steps();
    assertThat(recording.events())
        .filteredOn(event -> event instanceof Event.Wrote)
        .hasSize(2)
        .allSatisfy(event -> {
          assertThat(steps.get(event.step()).action()).isEqualTo("parigot:kv put");
          assertThat(text(((Event.Wrote) event).key())).isEqualTo("n");
        });
    assertThat(recording.events())
        .filteredOn(event -> event instanceof Event.Read)
        .allSatisfy(
            event -> assertThat(steps.get(event.step()).action()).isEqualTo("parigot:kv get"));
    assertThat(recording.events()).anyMatch(event -> event instanceof Event.Logged);
  }

  @Test
  void messagesAreFollowedFromTheirSendingToTheirDelivery() throws InterruptedException {
    TestMethod test = new TestMethod("race_test", "test_messages_arrive");

    Recording recording = RACE.tests().record(test, SEED);

    assertThat(recording.report().passed()).isTrue();
    assertThat(recording.events())
        .filteredOn(event -> event instanceof Event.Moved moved && moved.number() == 1)
        .extracting(event -> ((Event.Moved) event).place())
        .containsExactly(Event.Place.WAITING, Event.Place.BEING_DELIVERED, Event.Place.DELIVERED);
  }
}
