package dev.parigot.picture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parigot.local.Recording;
import dev.parigot.local.TestMethod;
import dev.parigot.local.TestReport;
import dev.parigot.local.Verdict;
import dev.parigot.timing.Explanation;
import dev.parigot.timing.Step;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PainterTest {
  private static final String ROOT = "t call test_it";
  private static final String CHILD = ROOT + " > orders call place";
  private static final String DELIVERY = CHILD + " > mailer delivery 1 of letters";
  private static final Step BEGINS = new Step(1, ROOT, "t", "", "call test_it", "", 0);
  private static final Step STARTS =
      new Step(1, ROOT, "t-1", "t.test_it", "parigot:async/orders place", "", 1);
  private static final Step PLACES = new Step(2, CHILD, "orders", "", "call", "place", 0);
  private static final Step PRICES =
      new Step(2, CHILD, "orders-1", "orders.place", "parigot:service/pricing total", "", 1);
  private static final Step READS =
      new Step(2, CHILD, "pricing-1", "pricing.total", "parigot:kv get", "price/tea", 1);
  private static final Step SENDS =
      new Step(2, CHILD, "orders-1", "orders.place", "parigot:queue send", "letters", 1);
  private static final Step TWICE =
      new Step(2, CHILD, "parigot", "", "fault:", "delivers twice " + SENDS, 1);
  private static final Step DELIVERS =
      new Step(3, DELIVERY, "mailer", "", "delivery 1 of", "letters", 0);
  private static final Step WRITES =
      new Step(3, DELIVERY, "mailer-1", "mailer.send", "parigot:kv put", "sent", 1);

  private static Picture picture(Explanation why, Step... steps) {
    return Painter.of(
        "t.test_it", "417: t.c:3: expected \"1\", got \"2\"", why, recording(steps), null);
  }

  private static Recording recording(Step... steps) {
    TestReport report =
        new TestReport(
            new TestMethod("t", "test_it"),
            new Verdict.Failed(417, "t.c:3: expected \"1\", got \"2\""),
            List.of(),
            List.of(steps));
    return new Recording(report, List.of(), List.of());
  }

  private static Picture all() {
    return picture(
        new Explanation("the platform " + TWICE.key(), null, null, null),
        BEGINS,
        STARTS,
        PLACES,
        PRICES,
        READS,
        SENDS,
        TWICE,
        DELIVERS,
        WRITES);
  }

  @Test
  void whatTheTestExpectedAndGotIsToldApart() {
    Picture picture = all();

    assertThat(picture.expected()).isEqualTo("\"1\"");
    assertThat(picture.got()).isEqualTo("\"2\"");
    assertThat(picture.place()).isEqualTo("t.c:3");
  }

  @Test
  void aFaultIsToldInPlainWords() {
    assertThat(all().sentence())
        .isEqualTo("The platform delivered twice what orders-1 sent to `letters`.");
    assertThat(all().failing().rows().get(6).text())
        .isEqualTo("The platform delivered twice what orders-1 sent to letters");
  }

  @Test
  void howATestEndedIsTheSentenceOfOneThatFailsAlone() {
    TestReport report =
        new TestReport(
            new TestMethod("t", "test_it"),
            new Verdict.Stalled("lost wake-up: t-1 goes on"),
            List.of(),
            List.of(BEGINS));
    Recording recording = new Recording(report, List.of(), List.of());

    assertThat(Painter.of("t.test_it", "stalled: lost wake-up: t-1 goes on", recording).sentence())
        .isEqualTo("Lost wake-up: t-1 goes on.");
    assertThat(Painter.of("t.test_it", "trapped: unreachable\n  at pay", recording).sentence())
        .isEqualTo("The test trapped: unreachable.");
    assertThat(Painter.of("t.test_it", "408 a.nap timed out", recording).sentence())
        .isEqualTo("Time-out: a.nap timed out.");
  }

  @Test
  void aSentenceBeginsWithTheNameOfAServiceAsThatIs() {
    assertThat(Painter.sentence("account.erase deleted `image`"))
        .isEqualTo("account.erase deleted `image`.");
    assertThat(Painter.plain("one a.b read it (step 3)")).isEqualTo("One a.b read it.");
  }

  @Test
  void aBeginningStandsWithItsInstanceAndFollowsFromWhatStartedIt() {
    Picture.Side side = all().failing();

    assertThat(side.lanes())
        .extracting(Picture.Lane::name)
        .containsExactly("t-1", "orders-1", "pricing-1", "mailer-1");
    assertThat(side.rows().get(2).lane()).isEqualTo(1);
    assertThat(side.rows().get(2).from()).isEqualTo(1);
    assertThat(side.rows().get(7).from()).isEqualTo(5);
  }

  @Test
  void aCallGoesToTheCalleesLaneAndComesBackBeforeTheNextStep() {
    List<Picture.Row> rows = all().failing().rows();

    assertThat(rows.get(3).to()).isEqualTo(2);
    assertThat(rows.get(5).returns()).containsExactly(2);
    assertThat(rows.get(4).returns()).isEmpty();
  }

  @Test
  void whatHasNothingToDoWithTheTwoStepsIsOfNoConcern() {
    Step other = new Step(2, CHILD, "orders-1", "orders.place", "parigot:log write", "", 1);
    Picture picture =
        picture(
            new Explanation("one read before the other wrote", READS, WRITES, null),
            BEGINS,
            STARTS,
            PLACES,
            other,
            PRICES,
            READS,
            SENDS,
            DELIVERS,
            WRITES);

    assertThat(picture.failing().rows())
        .extracting(Picture.Row::concerns)
        .containsExactly(true, true, true, false, true, true, true, true, true);
    assertThat(picture.failing().rows())
        .extracting(Picture.Row::decides)
        .containsExactly(0, 0, 0, 0, 0, 1, 0, 0, 2);
  }

  @Test
  void ofAFaultConcernsWhatItStruckAndTheKeysOfThatTask() {
    Step noise = new Step(1, ROOT, "t-1", "t.test_it", "parigot:async/noise make", "", 1);
    Step keeps = new Step(2, CHILD, "orders-1", "orders.place", "parigot:kv put", "count", 1);
    Step ends = new Step(1, ROOT, "t-1", "t.test_it", "parigot:kv get", "count", 1);
    List<Picture.Row> rows =
        picture(
                new Explanation("the platform " + TWICE.key(), null, null, null),
                BEGINS,
                noise,
                STARTS,
                PLACES,
                keeps,
                SENDS,
                TWICE,
                ends)
            .failing()
            .rows();

    assertThat(rows)
        .extracting(Picture.Row::concerns)
        .containsExactly(true, false, true, true, true, true, true, true);
  }

  @Test
  void ofAFaultTheRunWithoutItHasTheSameConcern() {
    Step noise = new Step(1, ROOT, "t-1", "t.test_it", "parigot:async/noise make", "", 1);
    Recording failing = recording(BEGINS, noise, STARTS, PLACES, SENDS, TWICE);
    Recording passing = recording(BEGINS, noise, STARTS, PLACES, SENDS);
    Explanation why = new Explanation("the platform " + TWICE.key(), null, null, null);

    Picture picture = Painter.of("t.test_it", "417: no", why, failing, passing);

    assertThat(Objects.requireNonNull(picture.passing()).rows())
        .extracting(Picture.Row::concerns)
        .containsExactly(true, false, true, true, true);
  }

  @Test
  void whatNeverCameIsToldOfTheCallAndOfWhoeverWaitsForIt() {
    String work = ROOT + " > west call work";
    String other = ROOT + " > south call work";
    Step works = new Step(2, work, "west", "", "call work", "", 0);
    Step touched = new Step(4, other + " > west call touch", "west", "", "call touch", "", 0);
    Step begins = new Step(3, other, "south", "", "call work", "", 0);
    Step waits =
        new Step(3, other, "south-1", "south.work", "parigot:future wait", "west.touch", 1);
    Picture picture =
        picture(
            new Explanation(
                "`west: call work` (step 2) came before `west: call touch`, which never did",
                works,
                touched,
                null),
            BEGINS,
            works,
            begins,
            waits);

    assertThat(picture.sentence())
        .isEqualTo("The call `west.work` came before the call `west.touch`, which never did.");
    assertThat(picture.failing().rows()).extracting(Picture.Row::concerns).containsOnly(true);
  }

  @Test
  void aCallOfWhichNoStepIsSeenStandsAtTheOnlyInstanceOfItsService() {
    Step again = new Step(4, ROOT + " > orders call place (2)", "orders", "", "call", "place", 0);

    assertThat(
            picture(new Explanation("", null, null, null), BEGINS, PLACES, SENDS, again)
                .failing()
                .lanes())
        .extracting(Picture.Lane::name)
        .containsExactly("t", "orders-1");
  }

  @Test
  void callsBeforeAnInstanceEndedStandAtThatOneAndLaterOnesAtTheNext() {
    Step again = new Step(4, ROOT + " > orders call place (2)", "orders", "", "call", "place", 0);
    Step cold =
        new Step(
            4,
            again.strand(),
            "parigot",
            "",
            "fault:",
            "ends the idle instance before " + again,
            4);
    Step keeps =
        new Step(
            5, ROOT + " > orders call keep", "orders-2", "orders.keep", "parigot:kv put", "n", 1);
    Picture.Side side =
        picture(
                new Explanation("the platform " + cold.key(), null, null, null),
                BEGINS,
                PLACES,
                cold,
                again,
                keeps)
            .failing();

    assertThat(side.rows())
        .extracting(row -> side.lanes().get(row.lane()).name())
        .containsExactly("t", "orders-1", "orders-1", "orders-2", "orders-2");
  }

  @Test
  void ofALongRunInWhichNothingDecidesTheMiddleIsFolded() {
    Step[] steps =
        IntStream.rangeClosed(1, 200)
            .mapToObj(nth -> new Step(1, ROOT, "t-1", "t.test_it", "parigot:kv get", "n", nth))
            .toArray(Step[]::new);

    List<Picture.Row> rows =
        Painter.of("t.test_it", "stalled: lost wake-up: t-1 goes on", recording(steps))
            .failing()
            .rows();

    assertThat(rows).filteredOn(Picture.Row::concerns).hasSize(120);
    assertThat(rows.getFirst().concerns()).isTrue();
    assertThat(rows.get(100).concerns()).isFalse();
    assertThat(rows.getLast().concerns()).isTrue();
  }
}
