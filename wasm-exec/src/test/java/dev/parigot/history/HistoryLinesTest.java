package dev.parigot.history;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.parigot.history.Event.Fate;
import dev.parigot.history.History.Unreadable;
import dev.parigot.manifest.Manifest.Overlap;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is written is read back, and what is none is refused by its line. */
class HistoryLinesTest {
  private static Event any(Random random) {
    long begin = random.nextLong(1_000);
    Span span = new Span(begin, random.nextInt(8) == 0 ? Span.NEVER : begin + random.nextInt(9));
    Actor by = new Actor("stock." + random.nextInt(9), text(random));
    int small = random.nextInt(5);
    return switch (random.nextInt(14)) {
      case 0 -> new Event.Lived(span, text(random));
      case 1 -> new Event.Visit(span, by, text(random));
      case 2 -> new Event.Read(span, by, key(random), textOrNull(random));
      case 3 -> new Event.Wrote(span, by, key(random), textOrNull(random));
      case 4 ->
          new Event.Compared(
              span, by, key(random), textOrNull(random), text(random), random.nextBoolean());
      case 5 ->
          new Event.Listed(
              span, by, key(random), key(random), small, List.of(key(random), key(random)));
      case 6 -> new Event.Slept(span, by, random.nextLong(), random.nextLong());
      case 7 -> new Event.Clock(span, by, random.nextLong());
      case 8 -> new Event.Other(span, by, text(random), key(random));
      case 9 -> new Event.Sent(span, by, text(random), random.nextLong(99), textOrNull(random));
      case 10 -> new Event.Attempt(span, text(random), small, small, 5);
      case 11 ->
          new Event.Settled(span, text(random), small, small, 5, Fate.values()[random.nextInt(3)]);
      case 12 -> new Event.Waiting(span, LongStream.range(0, small).boxed().toList());
      default ->
          new Event.Ran(
              span,
              text(random),
              Instant.ofEpochMilli(random.nextInt()),
              Instant.EPOCH,
              Overlap.values()[random.nextInt(3)]);
    };
  }

  private static String text(Random random) {
    return "a \"name\"\n\u00e9" + random.nextInt(100);
  }

  private static @Nullable String textOrNull(Random random) {
    return random.nextBoolean() ? null : text(random);
  }

  /** Of any bytes. */
  private static String key(Random random) {
    byte[] bytes = new byte[random.nextInt(1, 6)];
    random.nextBytes(bytes);
    return Keys.of(random.nextBoolean() ? bytes : ("0x" + random.nextInt()).getBytes(UTF_8));
  }

  private static History any(Random random, int events) {
    List<Event> all = new ArrayList<>();
    for (int i = 0; i < events; i++) {
      all.add(any(random));
    }
    return new History(
        "shop", Instant.EPOCH, random.nextInt(50), random.nextBoolean(), random.nextBoolean(), all);
  }

  @Test
  void whatIsWrittenIsReadBack() throws Unreadable {
    for (int seed = 0; seed < 300; seed++) {
      History history = any(new Random(seed), 20);
      assertThat(History.read(history.lines())).as("seed " + seed).isEqualTo(history);
    }
  }

  @Test
  void differentKeysHaveDifferentTexts() {
    Random random = new Random(1);
    for (int i = 0; i < 10_000; i++) {
      byte[] bytes = new byte[random.nextInt(4)];
      random.nextBytes(bytes);
      assertThat(Keys.bytes(Keys.of(bytes))).isEqualTo(bytes);
      assertThat(Keys.isOne(Keys.of(bytes))).isTrue();
    }
  }

  /** Any file is a history that can be checked, or refused with its line. */
  @Test
  void whateverIsInAFileItIsReadOrRefused() {
    for (int seed = 0; seed < 2_000; seed++) {
      Random random = new Random(seed);
      StringBuilder lines = new StringBuilder(any(random, 5).lines());
      for (int i = 0; i < 3; i++) {
        int at = random.nextInt(lines.length());
        switch (random.nextInt(3)) {
          case 0 -> lines.setCharAt(at, (char) random.nextInt(32, 127));
          case 1 -> lines.deleteCharAt(at);
          default -> lines.insert(at, random.nextInt(-2, 99));
        }
      }
      try {
        assertThat(Checker.check(History.read(lines.toString()))).isNotNull();
      } catch (Unreadable refused) {
        assertThat(refused).hasMessageMatching("(?s)(line \\d+: .*|it is empty)");
      }
    }
  }

  @Test
  void aWrongLineIsNamed() {
    String head = any(new Random(1), 0).lines();
    assertRefused("", "line 1: its \"format\" is not \"parigot history 1\"");
    assertRefused("{}", "line 1: its \"format\" is not \"parigot history 1\"");
    assertRefused(head + "{", "line 2: it is no JSON");
    assertRefused(head + "{\"begin\":1,\"event\":\"flew\"}", "line 2: there is no event \"flew\"");
    assertRefused(
        head + "{\"begin\":1,\"end\":0,\"event\":\"read\"}", "line 2: \"end\" is before \"begin\"");
    assertRefused(
        head + "{\"begin\":1,\"event\":\"read\",\"instance\":\"a\"}",
        "line 2: \"call\" is missing, or no text");
  }

  private static void assertRefused(String file, String why) {
    assertThatExceptionOfType(Unreadable.class)
        .isThrownBy(() -> History.read(file))
        .withMessageStartingWith(why);
  }
}
