package dev.parigot.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parigot.manifest.Audience;
import dev.parigot.manifest.ChannelRules;
import dev.parigot.manifest.Manifest;
import dev.parigot.release.Difference.Gains;
import dev.parigot.release.Difference.Kind;
import dev.parigot.release.Difference.Module;
import dev.parigot.release.Difference.Names;
import dev.parigot.release.Difference.ServiceChange;
import dev.parigot.release.Difference.Setting;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DifferenceTest {
  private static final Gains<String> NONE = new Gains<>(List.of(), List.of());

  @Test
  void aReleaseDiffersNotFromItself() {
    Release.Contents contents =
        Release.Contents.of(List.of(service("cart", 1, List.of("add"), call("stock", "take"))));

    Difference difference = Difference.between(contents, contents);

    assertThat(difference.same()).isTrue();
    assertThat(difference.unchanged()).containsExactly("cart");
  }

  @Test
  void anAddedServiceBringsItsMethodsAndCalls() {
    Difference difference =
        between(List.of(), List.of(service("cart", 1, List.of("add"), call("stock", "take"))));

    assertThat(difference.services())
        .containsExactly(
            new ServiceChange(
                "cart",
                Kind.ADDED,
                null,
                new Module("sha256:1", 1000),
                new Gains<>(List.of("add"), List.of()),
                new Gains<>(List.of(call("stock", "take")), List.of()),
                new Gains<>(List.of("add"), List.of()),
                new Gains<>(List.of("parigot:kv"), List.of()),
                List.of()));
  }

  @Test
  void aRemovedServiceTakesThemAlong() {
    Difference difference = between(List.of(service("cart", 1, List.of("add"))), List.of());

    ServiceChange gone = difference.services().getFirst();
    assertThat(gone.kind()).isEqualTo(Kind.REMOVED);
    assertThat(gone.now()).isNull();
    assertThat(gone.methods()).isEqualTo(new Gains<>(List.of(), List.of("add")));
    assertThat(gone.exposed().lost()).containsExactly("add");
    assertThat(gone.capabilities()).isEqualTo(new Gains<>(List.of(), List.of("parigot:kv")));
  }

  @Test
  void aChangedServiceTellsSizesAndWhatItGainedAndLost() {
    Difference difference =
        between(
            List.of(service("cart", 1, List.of("add", "sum"), call("stock", "take"))),
            List.of(
                service(
                    "cart",
                    2,
                    List.of("add", "total"),
                    call("stock", "take"),
                    new ReleasedService.Call("mailer", "send", true))));

    ServiceChange changed = difference.services().getFirst();
    assertThat(changed.kind()).isEqualTo(Kind.CHANGED);
    assertThat(changed.before()).isEqualTo(new Module("sha256:1", 1000));
    assertThat(changed.now()).isEqualTo(new Module("sha256:2", 2000));
    assertThat(changed.methods()).isEqualTo(new Gains<>(List.of("total"), List.of("sum")));
    assertThat(changed.calls().gained())
        .containsExactly(new ReleasedService.Call("mailer", "send", true));
    assertThat(changed.calls().lost()).isEmpty();
    assertThat(changed.capabilities()).isEqualTo(NONE);
  }

  @Test
  void aCallThatIsNoLongerWaitedForIsAnotherCall() {
    Difference difference =
        between(
            List.of(service("cart", 1, List.of(), call("stock", "take"))),
            List.of(
                service("cart", 2, List.of(), new ReleasedService.Call("stock", "take", true))));

    Gains<ReleasedService.Call> calls = difference.services().getFirst().calls();
    assertThat(calls.gained()).containsExactly(new ReleasedService.Call("stock", "take", true));
    assertThat(calls.lost()).containsExactly(call("stock", "take"));
  }

  @Test
  void theSameBytesWithOtherSettingsAreNoChangeOfContent() {
    ReleasedService before = service("cart", 1, List.of("add"));
    ReleasedService now = with(before, null, 128 << 20, List.of("parigot:kv"));
    Release.Contents contents = Release.Contents.of(List.of(now));

    Difference difference = Difference.between(Release.Contents.of(List.of(before)), contents);

    ServiceChange change = difference.services().getFirst();
    assertThat(change.kind()).isEqualTo(Kind.SETTINGS);
    assertThat(change.exposed()).isEqualTo(new Gains<>(List.of(), List.of("add")));
    assertThat(change.settings()).containsExactly(new Setting("memoryBytes", 64 << 20, 128 << 20));
    assertThat(difference.byContent(contents).unchanged()).containsExactly("cart");
  }

  @Test
  void whatAnOldReleaseDoesNotTellIsNotGuessed() {
    ReleasedService old = with(service("cart", 1, List.of("add")), List.of("add"), 64 << 20, null);
    Difference difference = between(List.of(old), List.of(service("cart", 2, List.of("add"))));

    assertThat(difference.services().getFirst().capabilities()).isNull();
  }

  @Test
  void ofTheConfigurationOnlyNamesAreTold() {
    Difference difference =
        Difference.between(
            contents(Map.of("KEPT", "1", "KEY", "old secret", "GONE", "1"), Map.of()),
            contents(Map.of("KEPT", "1", "KEY", "new secret", "NEW", "1"), Map.of()));

    assertThat(difference.config())
        .isEqualTo(new Names(List.of("NEW"), List.of("KEY"), List.of("GONE")));
    assertThat(difference.toString()).doesNotContain("secret");
    assertThat(difference.same()).isFalse();
  }

  @Test
  void schedulesAndChannelsAreComparedByName() {
    Release.Cron daily =
        new Release.Cron("0 4 * * *", "UTC", "stock", "restock", Manifest.Overlap.FORBID, false);
    Release.Cron hourly =
        new Release.Cron("0 * * * *", "UTC", "stock", "restock", Manifest.Overlap.FORBID, false);

    Difference difference =
        Difference.between(
            events(Map.of("restock", daily), Map.of("stock", Audience.EVERYONE)),
            events(
                Map.of("restock", hourly),
                Map.of("stock", Audience.SIGNED_IN, "orders", Audience.NOBODY)));

    assertThat(difference.cron()).isEqualTo(new Names(List.of(), List.of("restock"), List.of()));
    assertThat(difference.channels())
        .isEqualTo(new Names(List.of("orders"), List.of("stock"), List.of()));
    assertThat(difference.same()).isFalse();
  }

  @Test
  void whoMayComeInAndHowIsCompared() {
    Manifest.Provider provider = new Manifest.Provider("https://id.example", "shop", "Example");

    Difference difference =
        Difference.between(
            signIn(true, Manifest.SignIn.DEFAULT),
            signIn(false, new Manifest.SignIn(false, Map.of("example", provider))));

    assertThat(difference.signIn())
        .isEqualTo(new Names(List.of("oidc.example"), List.of("sign_up"), List.of()));
    assertThat(difference.services().getFirst().kind()).isEqualTo(Kind.SETTINGS);
    assertThat(difference.services().getFirst().settings())
        .containsExactly(new Setting("signedIn", 1, 0));
  }

  private static Release.Contents events(
      Map<String, Release.Cron> cron, Map<String, Audience> channels) {
    return contents(List.of(), cron, channels, Manifest.SignIn.DEFAULT);
  }

  private static Release.Contents signIn(boolean needed, Manifest.SignIn signIn) {
    ReleasedService account =
        new ReleasedService(
            "account",
            "service",
            "sha256:1",
            1,
            true,
            null,
            0,
            1,
            1,
            1,
            List.of("me"),
            List.of(),
            null,
            needed);
    return contents(List.of(account), Map.of(), Map.of(), signIn);
  }

  private static Release.Contents contents(
      List<ReleasedService> services,
      Map<String, Release.Cron> cron,
      Map<String, Audience> channels,
      Manifest.SignIn signIn) {
    return new Release.Contents(
        services,
        Map.of(),
        null,
        Map.of(),
        Map.of(),
        cron,
        new ChannelRules(channels),
        List.of(),
        null,
        null,
        Map.of(),
        signIn);
  }

  @Test
  void filesOfTheSiteAreComparedByDigest() {
    Difference difference =
        Difference.between(
            contents(Map.of(), Map.of("a", file(1, 10), "b", file(2, 20), "c", file(3, 30))),
            contents(Map.of(), Map.of("a", file(1, 10), "b", file(9, 25), "d", file(3, 30))));

    assertThat(difference.site().files())
        .isEqualTo(new Names(List.of("d"), List.of("b"), List.of("c")));
    assertThat(difference.site().bytesBefore()).isEqualTo(60);
    assertThat(difference.site().bytesNow()).isEqualTo(65);
  }

  private static Difference between(List<ReleasedService> before, List<ReleasedService> now) {
    return Difference.between(Release.Contents.of(before), Release.Contents.of(now));
  }

  private static Release.Contents contents(
      Map<String, String> config, Map<String, Release.SiteFile> site) {
    return new Release.Contents(List.of(), site, null, config, Map.of(), List.of());
  }

  private static Release.SiteFile file(int content, long size) {
    return new Release.SiteFile("sha256:" + content, size);
  }

  private static ReleasedService.Call call(String service, String method) {
    return new ReleasedService.Call(service, method, false);
  }

  private static ReleasedService service(
      String name, int content, List<String> methods, ReleasedService.Call... calls) {
    return new ReleasedService(
        name,
        "service",
        "sha256:" + content,
        content * 1000L,
        true,
        null,
        0,
        8,
        64 << 20,
        10_000_000_000L,
        methods,
        List.of(calls),
        List.of("parigot:kv"),
        null);
  }

  private static ReleasedService with(
      ReleasedService service,
      @Nullable List<String> publicMethods,
      long memory,
      @Nullable List<String> capabilities) {
    return new ReleasedService(
        service.name(),
        service.kind(),
        service.digest(),
        service.size(),
        false,
        publicMethods,
        service.min(),
        service.max(),
        memory,
        service.timeoutNanos(),
        service.methods(),
        service.dependsOn(),
        capabilities,
        service.signedIn());
  }
}
