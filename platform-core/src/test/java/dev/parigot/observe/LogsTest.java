package dev.parigot.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parigot.app.AppId;
import dev.parigot.database.SettableClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LogsTest {
  private static final AppId SHOP = new AppId(1);
  private static final AppId BLOG = new AppId(2);

  private final Logs logs = new Logs(new SettableClock(Instant.parse("2026-03-01T12:00:00Z")));

  @Test
  void linesAreReadInTheOrderInWhichTheyWereWritten() {
    write("one");
    write("two");
    assertThat(messages(logs.read(SHOP, 0, 10, null, null))).containsExactly("one", "two");
    assertThat(logs.read(SHOP, 0, 10, null, null).getFirst())
        .isEqualTo(
            new LogLine(
                1,
                Instant.parse("2026-03-01T12:00:00Z"),
                "cart",
                "cart-1",
                LogLine.Level.INFO,
                "one",
                "call"));
  }

  @Test
  void aReaderResumesAfterTheLastLineItSaw() {
    for (int i = 1; i <= 5; i++) {
      write("line " + i);
    }
    assertThat(messages(logs.read(SHOP, 3, 10, null, null))).containsExactly("line 4", "line 5");
    assertThat(messages(logs.read(SHOP, 0, 2, null, null))).containsExactly("line 4", "line 5");
    assertThat(logs.read(SHOP, 5, 10, null, null)).isEmpty();
  }

  @Test
  void linesAreReadByServiceAndLevel() {
    logs.write(SHOP, "cart", "c", LogLine.Level.DEBUG, "a", "");
    logs.write(SHOP, "cart", "c", LogLine.Level.ERROR, "b", "");
    logs.write(SHOP, "stock", "s", LogLine.Level.WARN, "c", "");
    assertThat(messages(logs.read(SHOP, 0, 10, "cart", null))).containsExactly("a", "b");
    assertThat(messages(logs.read(SHOP, 0, 10, null, LogLine.Level.WARN)))
        .containsExactly("b", "c");
    assertThat(messages(logs.read(SHOP, 0, 1, "cart", LogLine.Level.TRACE))).containsExactly("b");
  }

  @Test
  void anAppSeesItsOwnLinesOnly() {
    write("of the shop");
    assertThat(logs.read(BLOG, 0, 10, null, null)).isEmpty();
  }

  @Test
  void theOldestLinesGoWhenThereAreTooMany() {
    for (int i = 1; i <= AppLog.MOST_LINES + 5; i++) {
      write("x");
    }
    List<LogLine> kept = logs.read(SHOP, 0, Integer.MAX_VALUE, null, null);
    assertThat(kept).hasSize(AppLog.MOST_LINES);
    assertThat(kept.getFirst().sequence()).isEqualTo(6);
  }

  @Test
  void theOldestLinesGoWhenTheyAreTooLong() {
    for (int i = 0; i < 1_000; i++) {
      write("x".repeat(16 * 1024));
    }
    List<LogLine> kept = logs.read(SHOP, 0, Integer.MAX_VALUE, null, null);
    long bytes = kept.stream().mapToLong(line -> 2L * line.message().length()).sum();
    assertThat(bytes).isBetween(AppLog.MOST_BYTES / 2, AppLog.MOST_BYTES);
    assertThat(kept.getLast().sequence()).isEqualTo(1_000);
  }

  @Test
  void aLongMessageIsCutBetweenCharacters() {
    write("x".repeat(16 * 1024 - 1) + "😀 and more");
    assertThat(logs.read(SHOP, 0, 1, null, null).getFirst().message())
        .startsWith("xxx")
        .endsWith("x … (11 characters cut)");
  }

  @Test
  void aFollowerIsToldUntilItLeaves() {
    List<String> told = new ArrayList<>();
    Subscription place = logs.follow(SHOP, line -> told.add(line.message()));
    write("one");
    place.close();
    place.close();
    write("two");
    assertThat(told).containsExactly("one");
  }

  @Test
  void aFollowerThatFailsHarmsNobody() {
    List<String> told = new ArrayList<>();
    try (Subscription _ =
            logs.follow(
                SHOP,
                _ -> {
                  throw new IllegalStateException("on purpose");
                });
        Subscription _ = logs.follow(SHOP, line -> told.add(line.message()))) {
      write("one");
    }
    assertThat(told).containsExactly("one");
  }

  @Test
  void followersAreToldInOrderHoweverManyWrite() {
    List<Long> told = new ArrayList<>();
    try (Subscription _ = logs.follow(SHOP, line -> told.add(line.sequence()))) {
      try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
        for (int i = 0; i < 4; i++) {
          threads.execute(() -> {
            for (int j = 0; j < 500; j++) {
              write("x");
            }
          });
        }
      }
    }
    assertThat(told).isEqualTo(LongStream.rangeClosed(1, 2_000).boxed().toList());
  }

  @Test
  void aForgottenAppHasNoLines() {
    write("one");
    logs.forget(SHOP);
    assertThat(logs.read(SHOP, 0, 10, null, null)).isEmpty();
  }

  private void write(String message) {
    logs.write(SHOP, "cart", "cart-1", LogLine.Level.INFO, message, "call");
  }

  private static List<String> messages(List<LogLine> lines) {
    return lines.stream().map(LogLine::message).toList();
  }
}
