package dev.parigot.cron;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parigot.app.AppId;
import dev.parigot.engine.CallOutcome;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CronTest {
  private static final Schedule EVERY_MINUTE = new Schedule("* * * * *", ZoneOffset.UTC);
  private static final AppId APP = new AppId(7);

  private final BlockingQueue<String> calls = new LinkedBlockingQueue<>();
  private final Cron cron = new Cron("cron-test", 2, new JustBeforeTheMinute(), this::called);

  @AfterEach
  void stop() {
    cron.close();
  }

  @Test
  void aDueMethodIsCalledAgainAndAgain() throws InterruptedException {
    cron.replace(APP, List.of(new Cron.Entry("tick", EVERY_MINUTE, "stock", "restock")));
    assertThat(calls.poll(5, TimeUnit.SECONDS)).isEqualTo("7 stock.restock");
    assertThat(calls.poll(5, TimeUnit.SECONDS)).isEqualTo("7 stock.restock");
  }

  @Test
  void whatAnAppNoLongerHasIsNotCalled() throws InterruptedException {
    cron.replace(APP, List.of(new Cron.Entry("old", EVERY_MINUTE, "stock", "old")));
    cron.replace(APP, List.of(new Cron.Entry("new", EVERY_MINUTE, "stock", "new")));
    assertThat(calls.poll(5, TimeUnit.SECONDS)).isEqualTo("7 stock.new");
    cron.remove(APP);
    while (calls.poll(1, TimeUnit.SECONDS) != null) {
      // Calls that were under way when the entries were removed.
    }
    assertThat(calls.poll(1, TimeUnit.SECONDS)).isNull();
  }

  private CallOutcome called(AppId app, String service, String method) {
    calls.add(app.value() + " " + service + "." + method);
    return new CallOutcome.Returned(new byte[0]);
  }

  /**
   * A clock whose time is always just before a full minute of the recent past, so that every next
   * tick is due at once.
   */
  private static final class JustBeforeTheMinute extends Clock {
    private final InstantSource system = InstantSource.system();
    private Instant last = system.instant().minusSeconds(7200);

    @Override
    public synchronized Instant instant() {
      last = last.plusSeconds(60);
      return last;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
