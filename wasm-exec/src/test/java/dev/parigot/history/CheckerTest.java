package dev.parigot.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parigot.history.Event.Fate;
import dev.parigot.manifest.Manifest.Overlap;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each part of the contract, broken and kept, one planted history at a time. */
class CheckerTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final Actor CART = new Actor("cart.1", "a");
  private static final Actor STOCK = new Actor("stock.2", "b");

  private static Span span(long begin, long end) {
    return new Span(begin, end);
  }

  private static Span open(long begin) {
    return new Span(begin, Span.NEVER);
  }

  private static Verdict check(Event... events) {
    return Checker.check(new History("shop", NOON, 0, true, true, List.of(events)));
  }

  private static void assertLegal(Event... events) {
    assertThat(check(events)).isEqualTo(new Verdict(List.of(), List.of()));
  }

  private static String told(Event... events) {
    List<Violation> violations = check(events).violations();
    assertThat(violations).hasSize(1);
    return violations.getFirst().rule() + ": " + violations.getFirst().sentence();
  }

  private static Event.Wrote wrote(long begin, long end, String value) {
    return new Event.Wrote(span(begin, end), CART, "left", value);
  }

  private static Event.Read read(long begin, long end, String value) {
    return new Event.Read(span(begin, end), STOCK, "left", value);
  }

  private static Event.Read absent(long begin, long end) {
    return new Event.Read(span(begin, end), STOCK, "left", null);
  }

  @Test
  void aStaleReadIsToldWithTheWriteThatItMissed() {
    Event.Wrote second = wrote(3, 4, "two");
    Event.Read stale = read(5, 6, "one");
    assertThat(told(wrote(1, 2, "one"), second, stale))
        .isEqualTo(
            "store: stock.2 read `left` as one though cart.1 wrote two to `left`: that is stale");
    Violation violation = check(wrote(1, 2, "one"), second, stale).violations().getFirst();
    assertThat(List.of(violation.first(), violation.second())).containsExactly(second, stale);
  }

  @Test
  void aReadDuringTheWriteMayHaveEither() {
    assertLegal(wrote(1, 2, "one"), wrote(3, 6, "two"), read(4, 5, "one"));
    assertLegal(wrote(1, 2, "one"), wrote(3, 6, "two"), read(4, 5, "two"));
  }

  @Test
  void onceTheNewValueWasReadTheOldOneIsGone() {
    assertThat(told(wrote(1, 2, "one"), wrote(3, 10, "two"), read(4, 5, "two"), read(6, 7, "one")))
        .contains("that is stale");
  }

  @Test
  void anAcknowledgedWriteThatIsNotThereIsLost() {
    assertThat(told(wrote(1, 2, "one"), absent(3, 4)))
        .isEqualTo(
            "store: stock.2 read `left` as nothing though cart.1 wrote one to `left`: an acknowledged write is lost");
  }

  @Test
  void aWriteThatNobodySawEndMayHaveHappenedOrNot() {
    Event.Wrote cut = new Event.Wrote(open(3), CART, "left", "two");
    assertLegal(wrote(1, 2, "one"), cut, read(5, 6, "one"));
    assertLegal(wrote(1, 2, "one"), cut, read(5, 6, "one"), read(7, 8, "two"));
    assertThat(told(wrote(1, 2, "one"), cut, read(5, 6, "two"), read(7, 8, "one")))
        .contains("that is stale");
  }

  @Test
  void aValueThatNobodyWroteIsTorn() {
    assertThat(told(wrote(1, 2, "one"), read(3, 4, "half"))).contains("nobody wrote that");
  }

  @Test
  void aValueIsNotReadBeforeItIsWritten() {
    assertThat(told(read(1, 2, "one"), wrote(3, 4, "one"))).contains("written only later");
  }

  @Test
  void twoCannotBothChangeTheSameValue() {
    Event.Compared first = new Event.Compared(span(3, 6), CART, "left", "one", "two", true);
    Event.Compared second = new Event.Compared(span(4, 5), STOCK, "left", "one", "three", true);
    assertThat(told(wrote(1, 2, "one"), first, second)).contains("from one to");
    assertLegal(
        wrote(1, 2, "one"),
        first,
        new Event.Compared(span(4, 5), STOCK, "left", "one", "three", false));
  }

  @Test
  void aComparisonThatFailsHasFoundSomethingElse() {
    assertThat(
            told(
                wrote(1, 2, "one"),
                new Event.Compared(span(3, 4), STOCK, "left", "one", "two", false)))
        .contains("found another value than one");
  }

  @Test
  void aListWithoutAKeyThatIsThereIsTold() {
    Event.Listed empty = new Event.Listed(span(3, 4), STOCK, "le", "", 10, List.of());
    assertThat(told(wrote(1, 2, "one"), empty))
        .isEqualTo(
            "store: stock.2 listed `le*` without `left` though cart.1 wrote one to `left`: an acknowledged write is lost");
    assertLegal(wrote(1, 2, "one"), new Event.Listed(span(3, 4), STOCK, "le", "lf", 10, List.of()));
    assertLegal(
        wrote(1, 2, "one"),
        new Event.Wrote(span(1, 2), STOCK, "lea", "x"),
        new Event.Listed(span(3, 4), STOCK, "le", "", 1, List.of("lea")));
  }

  @Test
  void aListWithAKeyThatWasDeletedIsTold() {
    Event.Wrote deleted = new Event.Wrote(span(3, 4), CART, "left", null);
    assertThat(
            told(
                wrote(1, 2, "one"),
                deleted,
                new Event.Listed(span(5, 6), STOCK, "", "", 10, List.of("left"))))
        .contains("and found `left` though cart.1 deleted `left`");
  }

  @Test
  void whatWasThereBeforeAHistoryIsAnything() {
    Event.Read before = read(5, 6, "of old");
    History later = new History("shop", NOON, 4, true, true, List.of(wrote(1, 2, "one"), before));
    assertThat(Checker.check(later).violations()).isEmpty();
    History changing =
        new History("shop", NOON, 4, true, true, List.of(before, read(7, 8, "another")));
    assertThat(Checker.check(changing).violations()).hasSize(1);
  }

  @Test
  void amongOtherNodesTheStoreIsUndecidedAndToldSo() {
    History among =
        new History("shop", NOON, 0, false, true, List.of(wrote(1, 2, "one"), absent(3, 4)));
    Verdict verdict = Checker.check(among);
    assertThat(verdict.violations()).isEmpty();
    assertThat(verdict.undecided()).anyMatch(each -> each.contains("other nodes"));
  }

  /** What a real register does is legal, however much is under way at a time. */
  @Test
  void whatARegisterDoesIsLegalAndOneChangedAnswerIsNot() {
    for (int seed = 0; seed < 50; seed++) {
      List<Event> events = register(new Random(seed), 400, 8);
      assertThat(check(events.toArray(Event[]::new)).violations()).as("seed " + seed).isEmpty();
      int torn = events.size() - 1;
      while (!(events.get(torn) instanceof Event.Read)) {
        torn--;
      }
      Event.Read read = (Event.Read) events.get(torn);
      events.set(torn, new Event.Read(read.span(), read.by(), read.key(), "torn"));
      assertThat(check(events.toArray(Event[]::new)).violations()).as("seed " + seed).hasSize(1);
    }
  }

  private static final class Doing {
    final long begin;
    final int kind;
    final String value;
    Object answer = "";

    Doing(long begin, int kind, String value) {
      this.begin = begin;
      this.kind = kind;
      this.value = value;
    }
  }

  /** Each operation happens at once, between a beginning and an end that others come between. */
  private static List<Event> register(Random random, int count, int atOnce) {
    List<Event> events = new ArrayList<>();
    List<Doing> begun = new ArrayList<>();
    List<Doing> done = new ArrayList<>();
    @Nullable String present = null;
    long clock = 0;
    int made = 0;
    while (made < count || !begun.isEmpty() || !done.isEmpty()) {
      int what = random.nextInt(3);
      clock++;
      if (what == 0 && made < count && begun.size() + done.size() < atOnce) {
        begun.add(new Doing(clock, random.nextInt(3), "v" + random.nextInt(6)));
        made++;
      } else if (what == 1 && !begun.isEmpty()) {
        Doing next = begun.remove(random.nextInt(begun.size()));
        switch (next.kind) {
          case 0 -> present = next.value;
          case 1 -> next.answer = String.valueOf(present);
          default -> {
            boolean same = "v1".equals(present);
            next.answer = same;
            present = same ? next.value : present;
          }
        }
        done.add(next);
      } else if (what == 2 && !done.isEmpty()) {
        Doing over = done.remove(random.nextInt(done.size()));
        Span span = span(over.begin, clock);
        events.add(
            switch (over.kind) {
              case 0 -> new Event.Wrote(span, CART, "left", over.value);
              case 1 ->
                  new Event.Read(
                      span,
                      CART,
                      "left",
                      over.answer.equals("null") ? null : over.answer.toString());
              default ->
                  new Event.Compared(
                      span, CART, "left", "v1", over.value, Boolean.TRUE.equals(over.answer));
            });
      }
    }
    return events;
  }

  /** By trying all orders, of histories small enough for that. */
  @Test
  void whatIsFoundIsWhatTryingAllOrdersFinds() {
    int illegal = 0;
    for (int seed = 0; seed < 2_000; seed++) {
      Random random = new Random(seed);
      List<Event> events = register(random, 6, 3);
      events.replaceAll(event ->
          event instanceof Event.Read read && random.nextInt(3) == 0
              ? new Event.Read(read.span(), read.by(), read.key(), "v" + random.nextInt(6))
              : event);
      boolean legal = check(events.toArray(Event[]::new)).violations().isEmpty();
      assertThat(legal).as("seed " + seed).isEqualTo(anyOrder(events, null));
      illegal += legal ? 0 : 1;
    }
    assertThat(illegal).isBetween(200, 1_800);
  }

  private static boolean anyOrder(List<Event> left, @Nullable String present) {
    if (left.isEmpty()) {
      return true;
    }
    for (Event next : left) {
      if (left.stream().anyMatch(other -> other.span().end() < next.span().begin())) {
        continue;
      }
      @Nullable String[] after = {present};
      boolean fits =
          switch (next) {
            case Event.Read read -> String.valueOf(present).equals(String.valueOf(read.value()));
            case Event.Wrote write -> {
              after[0] = write.value();
              yield true;
            }
            case Event.Compared compared -> {
              boolean same = "v1".equals(present);
              after[0] = same ? compared.value() : present;
              yield same == compared.set();
            }
            default -> throw new IllegalStateException();
          };
      List<Event> rest = new ArrayList<>(left);
      rest.remove(next);
      if (fits && anyOrder(rest, after[0])) {
        return true;
      }
    }
    return false;
  }

  @Test
  void twoRequestsAtOnceInAnInstanceAreTold() {
    Event.Visit first = new Event.Visit(span(1, 6), CART, "add");
    Event.Visit second = new Event.Visit(span(3, 9), new Actor("cart.1", "c"), "get");
    assertThat(told(first, second))
        .isEqualTo(
            "one call at a time: cart.1 was entered by get (call c) while add (call a) was in it");
    assertLegal(first, new Event.Visit(span(7, 9), new Actor("cart.1", "c"), "get"));
    assertLegal(first, new Event.Visit(span(3, 9), new Actor("cart.2", "c"), "get"));
  }

  @Test
  void anEffectAfterTheResponseIsTold() {
    Event.Visit visit = new Event.Visit(span(1, 4), CART, "add");
    assertThat(told(visit, wrote(3, 6, "one")))
        .isEqualTo(
            "responses: cart.1 wrote one to `left` only after add (call a) had its response");
    assertLegal(visit, wrote(2, 3, "one"));
  }

  @Test
  void anInstanceThatWasGivenUpIsNotSeenAgain() {
    Event.Lived life = new Event.Lived(span(1, 5), "cart.1");
    assertThat(told(life, new Event.Visit(span(6, 8), CART, "add"))).contains("has outlived it");
    assertThat(
            told(new Event.Lived(span(3, 5), "cart.1"), new Event.Visit(span(1, 2), CART, "add")))
        .contains("before cart.1 was made");
    assertLegal(life, new Event.Visit(span(2, 4), CART, "add"));
  }

  @Test
  void aClockThatGoesBackIsTold() {
    assertThat(told(new Event.Clock(span(1, 2), CART, 100), new Event.Clock(span(3, 4), CART, 99)))
        .isEqualTo("clocks: cart.1 read its clock as 99 ns after it had read 100 ns: it went back");
    assertLegal(new Event.Clock(span(1, 2), CART, 100), new Event.Clock(span(3, 4), STOCK, 99));
  }

  @Test
  void aTimerIsNeverEarlyAndMayBeLate() {
    assertThat(told(new Event.Slept(span(1, 2), CART, 1_000, 999)))
        .isEqualTo("timers: cart.1 waited for 1000 ns and was woken up after 999 ns");
    assertLegal(new Event.Slept(span(1, 2), CART, 1_000, 5_000));
  }

  @Test
  void aTickIsNeverEarly() {
    assertThat(told(ran(1, 2, NOON.minusMillis(1), Overlap.ALLOW))).contains("early");
    assertLegal(ran(1, 2, NOON.plusSeconds(90), Overlap.ALLOW));
  }

  @ParameterizedTest
  @EnumSource(Overlap.class)
  void onlyWhereOverlapForbidsItTwoTicksAreNotRunAtATime(Overlap overlap) {
    Verdict verdict = check(ran(1, 4, NOON, overlap), ran(2, 6, NOON, overlap));
    assertThat(verdict.violations()).hasSize(overlap == Overlap.FORBID ? 1 : 0);
    assertLegal(ran(1, 2, NOON, overlap), ran(3, 4, NOON, overlap));
  }

  private static Event.Ran ran(long begin, long end, Instant began, Overlap overlap) {
    return new Event.Ran(span(begin, end), "restock", NOON, began, overlap);
  }

  private static Event.Sent sent(long begin, long end, long message, @Nullable String order) {
    return new Event.Sent(span(begin, end), CART, "orders", message, order);
  }

  private static Event.Attempt attempt(long begin, long end, long message, int attempt) {
    return new Event.Attempt(span(begin, end), "orders", message, attempt, 3);
  }

  private static Event.Settled settled(long begin, long message, int attempt, Fate fate) {
    return new Event.Settled(span(begin, begin + 1), "orders", message, attempt, 3, fate);
  }

  private static Event.Waiting waiting(long begin, Long... messages) {
    return new Event.Waiting(span(begin, begin + 1), Arrays.asList(messages));
  }

  @Test
  void aMessageThatIsNeitherDeliveredNorWaitingIsLost() {
    assertThat(told(sent(1, 2, 7, null), waiting(3)))
        .isEqualTo(
            "queues: cart.1 sent message 7 of orders, and it is neither delivered nor waiting: it is lost");
    assertLegal(sent(1, 2, 7, null), waiting(3, 7L));
    assertLegal(
        sent(1, 2, 7, null), attempt(3, 4, 7, 1), settled(5, 7, 1, Fate.DELIVERED), waiting(7));
    assertLegal(sent(1, 2, 7, null), attempt(3, Span.NEVER, 7, 1), waiting(7));
  }

  @Test
  void aFailedAttemptIsNoDelivery() {
    assertThat(
            told(
                sent(1, 2, 7, null),
                attempt(3, 4, 7, 1),
                settled(5, 7, 1, Fate.REPEATED),
                waiting(7)))
        .contains("it is lost");
  }

  @Test
  void aDuplicateIsLegal() {
    assertLegal(
        sent(1, 2, 7, null),
        attempt(3, 8, 7, 1),
        attempt(4, 5, 7, 2),
        settled(6, 7, 2, Fate.DELIVERED),
        settled(9, 7, 1, Fate.DELIVERED),
        waiting(11));
  }

  @Test
  void aMessageThatNobodySentIsTold() {
    assertThat(told(attempt(3, 4, 7, 1))).contains("which nobody sent");
    assertLegal(sent(1, Span.NEVER, Event.Sent.UNKNOWN, null), attempt(3, 4, 7, 1));
  }

  @Test
  void aMessageIsGivenUpAfterAllItsAttempts() {
    assertThat(told(sent(1, 2, 7, null), attempt(3, 4, 7, 2), settled(5, 7, 2, Fate.GIVEN_UP)))
        .isEqualTo("queues: message 7 of orders was given up after attempt 2 of 3");
    assertLegal(sent(1, 2, 7, null), attempt(3, 4, 7, 3), settled(5, 7, 3, Fate.GIVEN_UP));
  }

  @Test
  void noAttemptIsOneTooMany() {
    assertThat(told(sent(1, 2, 7, null), attempt(3, 4, 7, 4))).contains("no such attempt");
  }

  @Test
  void aDeliveryIsNotedWhenItHasEnded() {
    assertThat(told(sent(1, 2, 7, null), attempt(3, 8, 7, 1), settled(5, 7, 1, Fate.DELIVERED)))
        .contains("before its delivery had ended");
  }

  @Test
  void messagesOfAKeyComeOneAfterTheOther() {
    assertThat(
            told(sent(1, 2, 7, "k"), sent(3, 4, 8, "k"), attempt(5, 9, 7, 1), attempt(6, 8, 8, 1)))
        .contains("message 8 of orders was delivered (attempt 1 of 3) before message 7 of orders");
    assertLegal(
        sent(1, 2, 7, "k"),
        sent(3, 4, 8, "k"),
        attempt(5, 6, 7, 1),
        settled(7, 7, 1, Fate.DELIVERED),
        attempt(9, 10, 8, 1));
    assertLegal(sent(1, 2, 7, "k"), sent(3, 4, 8, "l"), attempt(5, 9, 7, 1), attempt(6, 8, 8, 1));
  }

  @Test
  void theOrderOfLinesInAFileDoesNotMatter() {
    List<Event> events =
        new ArrayList<>(List.of(wrote(1, 2, "one"), wrote(3, 4, "two"), read(5, 6, "one")));
    Collections.reverse(events);
    assertThat(told(events.toArray(Event[]::new))).contains("that is stale");
  }
}
