package dev.parigot.web.console.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parigot.account.AccountId;
import dev.parigot.app.App;
import dev.parigot.app.AppId;
import dev.parigot.app.AppName;
import dev.parigot.fleet.ServiceStatus;
import dev.parigot.fleet.ServiceStatus.State;
import dev.parigot.release.Release;
import dev.parigot.release.ReleasedService;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class AppFactsTest {
  private static final App SHOP =
      new App(new AppId(1), AppName.of("shop"), new AccountId(1), Instant.EPOCH);

  @Test
  void anAppWithoutAReleaseIsEmpty() {
    assertThat(AppFacts.brief(SHOP, Optional.empty(), Optional.empty(), List.of()).state())
        .isEqualTo(AppState.EMPTY);
  }

  @Test
  void theFirstReleaseIsStartingUntilItIsLive() {
    assertThat(unserved(Release.State.STARTING).state()).isEqualTo(AppState.STARTING);
  }

  @Test
  void anAppWhoseFirstReleaseFailedIsNotLive() {
    assertThat(unserved(Release.State.FAILED).state()).isEqualTo(AppState.FAILED);
  }

  @Test
  void itIsLiveOnlyIfAllOfItRunsOrCanRun() {
    assertThat(serving(State.RUNNING, State.IDLE).state()).isEqualTo(AppState.LIVE);
    assertThat(serving(State.RUNNING, State.STARTING).state()).isEqualTo(AppState.STARTING);
    assertThat(serving(State.RUNNING, State.STOPPED).state()).isEqualTo(AppState.DOWN);
  }

  @Test
  void oneFailingServiceMakesItFailing() {
    AppFacts facts = serving(State.RUNNING, State.STOPPED, State.FAILING);
    assertThat(facts.state()).isEqualTo(AppState.FAILING);
    assertThat(facts.failing()).extracting(each -> each.service().name()).containsExactly("s2");
  }

  @Test
  void aLiveReleaseOfWhichNothingRunsIsDown() {
    Release live = release(1, Release.State.LIVE);
    assertThat(AppFacts.brief(SHOP, Optional.of(live), Optional.of(live), List.of()).state())
        .isEqualTo(AppState.DOWN);
  }

  @Test
  void aFailedReleaseAfterALiveOneIsPendingAndTheAppStaysLive() {
    Release live = release(1, Release.State.LIVE);
    Release failed = release(2, Release.State.FAILED);
    AppFacts facts =
        AppFacts.brief(SHOP, Optional.of(live), Optional.of(failed), statuses(State.RUNNING));
    assertThat(facts.state()).isEqualTo(AppState.LIVE);
    assertThat(facts.pending()).contains(failed);
  }

  @Test
  void theLiveReleaseIsNotPending() {
    assertThat(serving(State.RUNNING).pending()).isEmpty();
  }

  private static AppFacts unserved(Release.State state) {
    return AppFacts.brief(SHOP, Optional.empty(), Optional.of(release(1, state)), List.of());
  }

  private static AppFacts serving(State... states) {
    Release live = release(1, Release.State.LIVE);
    return AppFacts.brief(SHOP, Optional.of(live), Optional.of(live), statuses(states));
  }

  private static List<ServiceStatus> statuses(State... states) {
    int[] number = {0};
    return Arrays.stream(states)
        .map(state -> new ServiceStatus(service("s" + number[0]++), 1, state, 1, 0, 0, 0, null))
        .toList();
  }

  private static Release release(int number, Release.State state) {
    return new Release(
        number,
        SHOP.id(),
        number,
        state,
        new Release.Origin.Push(),
        null,
        "ada@example.org",
        Instant.EPOCH,
        null,
        Release.Contents.of(List.of(service("s0"))),
        new Release.Changes(List.of(), List.of(), List.of("s0"), List.of()));
  }

  private static ReleasedService service(String name) {
    return new ReleasedService(
        name, "service", "sha256:00", 1, false, null, 0, 1, 1, 1, List.of("run"), List.of());
  }
}
