package dev.parigot.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parigot.manifest.Manifest.Overlap;
import dev.parigot.manifest.Manifest.Target;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestReaderTest {
  private static final String SHOP =
      """
      name = "shop"

      [services.cart]
      wasm = "./build//cart.wasm"
      public = ["add", "http"]
      min = 1
      max = 4
      memory = "1GiB"
      timeout = "500ms"

      [services.stock]
      wasm = "build/stock.wasm"

      [services.web]
      wasm = "build/web.wasm"
      public = true

      [site]
      dir = "site"
      service = "web"

      [cron.restock]
      schedule = "*/5 * * * *"
      timezone = "Europe/Paris"
      call = "stock.restock"
      overlap = "replace"

      [queues.orders]
      deliver = "cart.order_placed"
      attempts = 7

      [tests.checkout]
      wasm = "build/checkout_test.wasm"
      timing = { services = ["cart", "stock"], schedules = 50 }

      [config]
      CURRENCY = "EUR"
      RETRIES = 3
      [config.demo]
      CURRENCY = "USD"

      [outbound]
      allow = ["api.example.org", "localhost:9000"]

      [build]
      command = "make"

      [demo]
      data = "demo/data.json"
      """;

  @Test
  void branchesAreTestedAsTheGateSays() {
    Manifest.Gate gate =
        ManifestReader.read(
                """
                [gate]
                skip = ["wip/*", "spike"]
                timing = ["main"]
                [site]
                dir = "site"
                """)
            .gate();

    assertThat(List.of("wip/rounding", "spike")).allMatch(gate::skips);
    assertThat(List.of("main", "spikes", "my-wip/x")).noneMatch(gate::skips);
    assertThat(gate.timesOn("main")).isTrue();
    assertThat(gate.timesOn("feature")).isFalse();
    assertThat(Manifest.Gate.EVERYTHING.timesOn("feature/x")).isTrue();
  }

  @Test
  void readsEveryPartOfAManifest() {
    Manifest shop = ManifestReader.read(SHOP, 2L << 30);

    assertThat(shop.name()).isEqualTo("shop");
    assertThat(shop.services().keySet()).containsExactly("cart", "stock", "web");
    assertThat(shop.services().get("cart"))
        .isEqualTo(
            new Manifest.Service(
                "build/cart.wasm",
                new Exposure.Only(List.of("add", "http")),
                1,
                4,
                1L << 30,
                Duration.ofMillis(500),
                3));
    assertThat(entry(shop.services(), "web").exposure()).isEqualTo(new Exposure.Everything());
    assertThat(shop.site()).isEqualTo(new Manifest.Site("site", "web", 18));
    assertThat(shop.cron().get("restock"))
        .isEqualTo(
            new Manifest.Cron(
                "*/5 * * * *",
                ZoneId.of("Europe/Paris"),
                new Target("stock", "restock"),
                Overlap.REPLACE,
                false,
                22));
    assertThat(shop.queues().get("orders"))
        .isEqualTo(new Manifest.Queue(new Target("cart", "order_placed"), 7, 4, null, 28));
    assertThat(shop.tests().get("checkout"))
        .isEqualTo(
            new Manifest.TestModule(
                "build/checkout_test.wasm", new Manifest.Timing(List.of("cart", "stock"), 50), 32));
    assertThat(shop.config().in("production")).isEqualTo(Map.of("CURRENCY", "EUR", "RETRIES", "3"));
    assertThat(shop.config().in("demo")).isEqualTo(Map.of("CURRENCY", "USD", "RETRIES", "3"));
    assertThat(shop.outbound()).containsExactly("api.example.org", "localhost:9000");
    assertThat(shop.build()).isEqualTo("make");
    assertThat(shop.demo()).isEqualTo(new Manifest.Demo("demo/data.json", 48));
  }

  @Test
  void fillsInDefaults() {
    Manifest manifest =
        ManifestReader.read(
            "[services.a]\nwasm = 'a.wasm'\n[cron.c]\nschedule = '0 0 1 1 *'\ncall = 'a.b'");

    assertThat(manifest.services().get("a"))
        .isEqualTo(
            new Manifest.Service(
                "a.wasm", new Exposure.Nothing(), 0, 8, 64L << 20, Duration.ofSeconds(10), 1));
    Manifest.Cron cron = entry(manifest.cron(), "c");
    assertThat(cron.timezone()).isEqualTo(ZoneOffset.UTC);
    assertThat(cron.overlap()).isEqualTo(Overlap.FORBID);
  }

  @Test
  void tellsEveryMistakeAtOnceByLineWithWhatWasExpected() {
    assertThat(
            mistakes(
                """
                nme = "shop"
                [services.cart]
                wasm = "../cart.wasm"
                publik = true
                min = 9
                memory = "64MB"
                [services.Stock]
                wasm = "/stock.wasm"
                timeout = "10 seconds"
                [site]
                dir = "site"
                service = "carr"
                [cron.nightly]
                schedule = "61 * * * *"
                timezone = "Europe/Pariss"
                call = "cart"
                [queues.orders]
                deliver = "kart.order"
                attempts = 0
                [config.producton]
                A = "b"
                [outbound]
                allow = ["https://api.example.org/"]
                [servces.web]
                wasm = "web.wasm"
                """))
        .containsExactly(
            "1:1 `nme` is unknown. Did you mean `name`?",
            "3:1 `services.cart.wasm` is \"../cart.wasm\", which leaves the folder."
                + " Expected a path relative to parigot.toml, with `/` between folders.",
            "4:1 `services.cart.publik` is unknown. Did you mean `public`?",
            "6:1 `services.cart.memory` is \"64MB\"."
                + " Expected a size such as \"64MiB\"; the units are KiB, MiB and GiB.",
            "7:1 \"Stock\" can't name a service. Expected 1 to 31 lower-case letters, digits and"
                + " underscores, beginning with a letter.",
            "8:1 `services.Stock.wasm` is \"/stock.wasm\", which is absolute."
                + " Expected a path relative to parigot.toml, with `/` between folders.",
            "9:1 `services.Stock.timeout` is \"10 seconds\"."
                + " Expected a time from \"1ms\" to \"1h\", such as \"500ms\", \"10s\" or \"2m\".",
            "12:1 `site.service` names the service \"carr\", which isn't under [services]."
                + " Did you mean `cart`?",
            "14:1 `cron.nightly.schedule` is \"61 * * * *\": Value 61 not in range [0, 59]."
                + " Expected the five fields of unix cron: minute, hour, day of month, month, day"
                + " of week.",
            "15:1 `cron.nightly.timezone` is \"Europe/Pariss\", which is no time zone."
                + " Did you mean \"Europe/Paris\"?",
            "16:1 `cron.nightly.call` is \"cart\"."
                + " Expected a service and its method, such as \"stock.restock\".",
            "18:1 `queues.orders.deliver` names the service \"kart\", which isn't under"
                + " [services]. Did you mean `cart`?",
            "19:1 `queues.orders.attempts` is 0. Expected 1 to 100.",
            "20:1 \"producton\" is no situation. Did you mean `production`?",
            "23:10 `outbound.allow` lists \"https://api.example.org/\", which is no host."
                + " Expected a name such as \"api.example.org\", without scheme and path.",
            "24:1 [servces] is unknown. Did you mean `services`?");
  }

  @Test
  void refusesAMinimumAboveTheMaximum() {
    assertThat(mistakes("[services.a]\nwasm = 'a'\nmin = 3\nmax = 2"))
        .containsExactly("3:1 `services.a.min` is 3, above `max`, which is 2.");
  }

  @Test
  void readsHowUsersSignIn() {
    Manifest manifest =
        ManifestReader.read(
            """
            [services.account]
            wasm = "account.wasm"
            public = "signed-in"
            [auth]
            sign_up = false
            [auth.oidc.google]
            issuer = "https://accounts.google.com"
            client_id = "1234"
            name = "Google"
            [auth.oidc.work-sso]
            issuer = "http://localhost:8180/realms/work"
            client_id = "shop"
            """);

    Manifest.Service account = entry(manifest.services(), "account");
    assertThat(account.signedIn()).isTrue();
    assertThat(account.exposure()).isEqualTo(new Exposure.Everything());
    assertThat(manifest.signIn())
        .isEqualTo(
            new Manifest.SignIn(
                false,
                Map.of(
                    "google",
                    new Manifest.Provider("https://accounts.google.com", "1234", "Google"),
                    "work-sso",
                    new Manifest.Provider(
                        "http://localhost:8180/realms/work", "shop", "work-sso"))));
    assertThat(Manifest.Provider.secret("work-sso")).isEqualTo("OIDC_WORK_SSO_SECRET");
    assertThat(ManifestReader.read("[services.a]\nwasm = 'a.wasm'").signIn())
        .isEqualTo(Manifest.SignIn.DEFAULT);
  }

  @Test
  void tellsWhatIsWrongWithHowUsersSignIn() {
    assertThat(
            mistakes(
                """
                [services.account]
                wasm = "account.wasm"
                public = "signed_in"
                [auth]
                sign_up = "no"
                signup = true
                [auth.oidc.Google]
                issuer = "http://accounts.google.com"
                client_id = ""
                [auth.oidc.work]
                issuer = "https://work.example.org/?tenant=1"
                name = ""
                secret = "never here"
                """))
        .containsExactly(
            "3:1 `services.account.public` is \"signed_in\"."
                + " Expected true, false, \"signed-in\" or an array of methods.",
            "5:1 `auth.sign_up` is a string. Expected true or false.",
            "6:1 `auth.signup` is unknown. Did you mean `sign_up`?",
            "7:1 \"Google\" can't name a provider. Expected 1 to 31 lower-case letters, digits,"
                + " hyphens and underscores, beginning with a letter.",
            "8:1 `auth.oidc.Google.issuer` is \"http://accounts.google.com\". Expected an https URL"
                + " without a query, such as \"https://accounts.google.com\"; http only on this machine.",
            "9:1 `auth.oidc.Google.client_id` is empty.",
            "10:1 [auth.oidc.work] lacks `client_id`.",
            "11:1 `auth.oidc.work.issuer` is \"https://work.example.org/?tenant=1\". Expected an https"
                + " URL without a query, such as \"https://accounts.google.com\"; http only on this"
                + " machine.",
            "12:1 `auth.oidc.work.name` is \"\". Expected 1 to 40 characters, such as \"Google\".",
            "13:1 `auth.oidc.work.secret` is unknown. There is: issuer, client_id, name.");
  }

  @Test
  void tellsWhereTheSyntaxOfTomlIsBroken() {
    assertThat(mistakes("[services.cart]\nwasm = \"a.wasm\npublic = true"))
        .singleElement()
        .asString()
        .startsWith("2:15 Unexpected end of line");
  }

  @ParameterizedTest
  @CsvSource({
    "name = 'a--b',                          can't name an app",
    "name = 'console',                       reserved",
    "name = 3,                               is a whole number. Expected a string in quotes.",
    "site = 'x',                             `site` is a string. Expected a table.",
    "services.cart = 'x.wasm',               `services.cart` is a string. Expected a table.",
    "services.cart.min = 1,                  [services.cart] lacks `wasm`.",
    "services.\"a.b\".wasm = 'x', can't name a service.",
    "services.a.public = 'all',              'is \"all\". Expected true, false, \"signed-in\" or an array of methods.'",
    "services.a.public = [1],                holds something that is no string",
    "services.a.max = 0,                     Expected 1 to 1000.",
    "services.a.memory = '513MiB',           Expected 64KiB to 512MiB.",
    "services.a.memory = '99999999999GiB',   Expected 64KiB to 512MiB.",
    "services.a.timeout = '0s',              Expected a time",
    "services.a.wasm = 'a\\\\b',             a character that paths can't have",
    "services.a.wasm = 'C:/a',               which is absolute",
    "services.a.wasm = '',                   which is empty",
    "services.a.wasm = './..',               which leaves the folder",
    "tests.a.wasm = 'a' ,                    Name the test module otherwise",
    "config.A = [1],                         `config.A` is an array.",
    "config.'A=B' = 1,                       hold no `=`",
    "build = {},                             [build] lacks `command`.",
    "demo = {},                              [demo] lacks `data`.",
    "demo = { date = 'd.json' },             `demo.date` is unknown. Did you mean `data`?",
    "demo.data = '../d.json',                which leaves the folder",
  })
  void refuses(String line, String reason) {
    String toml = line + "\n" + (line.startsWith("services.a.w") ? "" : "services.a.wasm = 'a'");

    assertThat(mistakes(toml)).anySatisfy(mistake -> assertThat(mistake).contains(reason));
  }

  @ParameterizedTest
  @ValueSource(strings = {"* * * *", "@daily", "0 0 31 2 *", "a b c d e", "", "*/0 * * * *"})
  void refusesWhatIsNoScheduleOfUnixCron(String schedule) {
    assertThat(
            mistakes(
                "[services.a]\nwasm = 'a'\n[cron.c]\ncall = 'a.b'\nschedule = '" + schedule + "'"))
        .singleElement()
        .asString()
        .startsWith("5:1 `cron.c.schedule` is \"" + schedule + "\": ");
  }

  @Test
  void readsChannelsOfWhichTheOneThatSaysTheMostCounts() {
    ChannelRules rules =
        ManifestReader.read(
                """
                [services.a]
                wasm = "a"
                [channels.orders]
                public = true
                [channels."order-*"]
                public = true
                [channels."order-x*"]
                [channels."v1.news_2"]
                """)
            .channelRules();
    assertThat(rules.audience("orders")).contains(Audience.EVERYONE);
    assertThat(rules.audience("order-17")).contains(Audience.EVERYONE);
    assertThat(rules.audience("order-")).contains(Audience.EVERYONE);
    assertThat(rules.audience("order-x1")).contains(Audience.NOBODY);
    assertThat(rules.audience("v1.news_2")).contains(Audience.NOBODY);
    for (String none : List.of("order", "ORDERS", "order-*", "v1", "", "order-\n", "a/b")) {
      assertThat(rules.audience(none)).as(none).isEmpty();
    }
  }

  @Test
  void tellsEveryMistakeOfChannels() {
    assertThat(
            mistakes(
                """
                [services.a]
                wasm = "a"
                [channels.orders]
                publik = true
                [channels."a b"]
                public = "yes"
                [channels."a*b"]
                [channels."*"]
                [chanels.late]
                """))
        .containsExactly(
            "4:1 `channels.orders.publik` is unknown. Did you mean `public`?",
            "5:1 \"a b\" can't name a channel. Expected "
                + ChannelRules.RULE
                + "; a star at the end stands for any ending.",
            "6:1 `channels.a b.public` is \"yes\". Expected true, false or \"signed-in\".",
            "7:1 \"a*b\" can't name a channel. Expected "
                + ChannelRules.RULE
                + "; a star at the end stands for any ending.",
            "9:1 [chanels] is unknown. Did you mean `channels`?");
  }

  @Test
  void refusesAManifestThatNamesNothingToRun() {
    assertThat(mistakes("# nothing")).singleElement().asString().contains("nothing to run");
  }

  private static <T> T entry(Map<String, T> entries, String name) {
    return Objects.requireNonNull(entries.get(name));
  }

  private static List<String> mistakes(String toml) {
    MalformedManifest malformed =
        catchThrowableOfType(MalformedManifest.class, () -> ManifestReader.read(toml));
    assertThat(malformed).as("the manifest is accepted").isNotNull();
    return malformed.mistakes().stream()
        .map(each ->
            (each.line() + ":" + each.column() + " " + each.what() + " " + each.next()).strip())
        .toList();
  }
}
