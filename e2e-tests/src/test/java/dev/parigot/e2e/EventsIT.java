package dev.parigot.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Schedules, queues, channels and secrets of an app, from outside: REST, console, and what lies on
 * the disk.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class EventsIT {
  private static final String PASSWORD = "correct horse";
  private static final String SECRET = "hunter2-and-nobody-else";
  private static final Set<String> GRAVE = Set.of("serious", "critical");
  private static final LocatorAssertions.ContainsTextOptions PATIENTLY =
      new LocatorAssertions.ContainsTextOptions().setTimeout(30_000);

  private Platform platform;
  private Browsers browsers;
  private Rest ada;
  private String pushed;

  @BeforeAll
  void open(@TempDir Path data, @TempDir Path work) throws Exception {
    browsers = Browsers.open();
    platform = Platform.up(data);
    ada = Rest.signUp(platform, "ada@example.org", PASSWORD);
    ada.post("apps", Map.of("name", "ledger")).mustBe(201);
    Git git =
        Git.of(
            Platform.root().resolve("e2e-tests/src/test/resources/ledger"), work.resolve("ledger"));
    pushed =
        git.push(
            "http://ada%%40example.org:%s@localhost:%d/git/ledger.git"
                .formatted(PASSWORD.replace(" ", "%20"), platform.port()),
            "main");
  }

  @AfterAll
  void close() throws Exception {
    browsers.close();
    platform.close();
  }

  @Test
  @Order(1)
  void whatLooksSecretInTheManifestIsWarnedOfAndNotTold() {
    assertThat(pushed)
        .contains("Warning: [config] PAYMENT_TOKEN looks like a secret")
        .doesNotContain("not-to-be-read");
  }

  @Test
  @Order(2)
  void aScheduleIsLookedAtAndRun() throws Exception {
    try (BrowserContext owner = browsers.visitor();
        BrowserContext phone = browsers.visitor(390, 844, ColorScheme.DARK)) {
      Page page = owner.newPage();
      signIn(page);
      page.navigate(platform.url() + "/apps/ledger/cron");
      Locator yearly = page.locator("#job-yearly");
      assertThat(yearly).containsText("at 02:30, on the 1st, in January (Europe/Paris)", PATIENTLY);
      assertThat(yearly).containsText("It has not run yet.");
      page.locator("#run-yearly").click();
      assertThat(yearly).containsText("Succeeded", PATIENTLY);
      assertThat(yearly).containsText("asked for by ada@example.org");
      yearly.locator("summary").first().click();
      assertThat(yearly.locator(".run-log").first()).containsText("INFO the clock has struck");
      look(page, "cron");

      Page small = phone.newPage();
      signIn(small);
      small.navigate(platform.url() + "/apps/ledger/cron");
      assertThat(small.locator("#job-yearly")).containsText("Succeeded", PATIENTLY);
      look(small, "cron-phone-dark");
      nothingIsWiderThan(small);
    }
    JsonNode run = items("cron/yearly/runs").get(0);
    assertThat(run.get("askedBy").asString()).isEqualTo("ada@example.org");
    assertThat(run.get("traceparent").asString()).startsWith("00-");
    String call = run.get("call").asString();
    assertThat(items("logs?service=ledger"))
        .anySatisfy(line -> assertThat(line.get("call").asString()).isEqualTo(call));
  }

  @Test
  @Order(3)
  void aMessageThatNobodyTakesIsLookedAtSentAgainAndDropped() throws Exception {
    ada.call("ledger", "ledger/send", "a message").mustBe(200);
    ada.call("ledger", "ledger/offend", "{\"tea\":\"oolong\",\"cups\":3}").mustBe(200);
    await(Duration.ofSeconds(30), () -> queue("refusals").get("dead").asInt() == 1);
    assertThat(ada.call("ledger", "ledger/has", "a message").mustBe(200).text())
        .isEqualTo("a message");
    JsonNode dead = items("queues/refusals/dead").get(0);
    assertThat(dead.get("attempts").asInt()).isEqualTo(2);
    assertThat(dead.get("failure").asString()).isEqualTo("1234 no such tea");
    try (BrowserContext owner = browsers.visitor();
        BrowserContext phone = browsers.visitor(390, 844, ColorScheme.DARK)) {
      Page page = owner.newPage();
      signIn(page);
      page.navigate(platform.url() + "/apps/ledger/queues");
      Locator refusals = page.locator("#queue-refusals");
      assertThat(refusals).containsText("1 dead message", PATIENTLY);
      assertThat(refusals).containsText("1234 no such tea");
      look(page, "queues");
      button(page, "Look at message " + dead.get("id").asString()).click();
      assertThat(page.locator(".message")).containsText("\"oolong\"", PATIENTLY);
      look(page, "queues-message");
      button(page, "Close").click();

      Page small = phone.newPage();
      signIn(small);
      small.navigate(platform.url() + "/apps/ledger/queues");
      assertThat(small.locator("#queue-refusals")).containsText("1 dead message", PATIENTLY);
      look(small, "queues-phone-dark");
      nothingIsWiderThan(small);

      button(page, "Send message " + dead.get("id").asString() + " again").click();
      await(
          Duration.ofSeconds(30),
          () -> {
            JsonNode now = items("queues/refusals/dead");
            return now.size() == 1 && !now.get(0).get("failedAt").equals(dead.get("failedAt"));
          });
      assertThat(refusals).containsText("1 dead message", PATIENTLY);
      page.locator("#drop-all-refusals").click();
      look(page, "queues-drop");
      button(page, "Drop").last().click();
      assertThat(refusals).containsText("Empty", PATIENTLY);
    }
    assertThat(queue("refusals").get("dead").asInt()).isZero();
  }

  @Test
  @Order(4)
  void aSecretIsReadByServicesAndByNobodyElse() throws Exception {
    try (BrowserContext owner = browsers.visitor()) {
      Page page = owner.newPage();
      signIn(page);
      page.navigate(platform.url() + "/apps/ledger/settings");
      page.locator("#secret-name input").fill("STRIPE_KEY");
      page.locator("#secret-value input").fill(SECRET);
      page.locator("#secret-set").click();
      assertThat(page.locator("#secret-said")).containsText("STRIPE_KEY is set.", PATIENTLY);
      assertThat(page.locator("#secret-rows")).containsText("STRIPE_KEY");
      look(page, "secrets");
      page.reload();
      assertThat(page.locator("#secret-rows")).containsText("by ada@example.org", PATIENTLY);
      assertThat(page.content()).doesNotContain(SECRET);
    }
    assertThat(ada.call("ledger", "ledger/setting", "STRIPE_KEY").mustBe(200).text())
        .isEqualTo(SECRET);
    for (String path : List.of("secrets", "config", "releases", "logs", "services")) {
      assertThat(ada.get("apps/ledger/" + path).mustBe(200).text()).doesNotContain(SECRET);
    }
    assertThat(ada.get("apps/ledger/logs").text()).contains("***");
    assertThat(ada.get("apps/ledger/secrets").text()).contains("STRIPE_KEY");
    ada.patch("apps/ledger/config", Map.of("CURRENCY", SECRET + "-readable")).mustBe(200);
    assertThat(ada.patch("apps/ledger/config", Map.of("STRIPE_KEY", "x")).status()).isEqualTo(409);
    nothingOnTheDiskHas(SECRET);
  }

  /** Of what one visitor buys the page of another says at once that it is gone. */
  @Test
  @Order(5)
  void aVisitorsPageSeesWhatAnotherBuys(@TempDir Path work) throws Exception {
    ada.post("apps", Map.of("name", "shop")).mustBe(201);
    Git.of(Platform.root().resolve("examples/shop"), work.resolve("shop"))
        .push(
            "http://ada%%40example.org:%s@localhost:%d/git/shop.git"
                .formatted(PASSWORD.replace(" ", "%20"), platform.port()),
            "main");
    try (BrowserContext visitor = browsers.visitor();
        BrowserContext other = browsers.visitor();
        BrowserContext owner = browsers.visitor();
        BrowserContext phone = browsers.visitor(390, 844, ColorScheme.DARK)) {
      Page looks = visitor.newPage();
      looks.navigate("http://shop.localhost:%d/".formatted(platform.port()));
      Locator tumblers = looks.locator("[data-sku=tumblers] .left");
      assertThat(tumblers).containsText("9 left", PATIENTLY);
      await(
          Duration.ofSeconds(30),
          () -> channel("stock").map(it -> it.get("listeners").asInt()).orElse(0) == 1);

      Page buys = other.newPage();
      buys.navigate("http://shop.localhost:%d/".formatted(platform.port()));
      buys.locator("[data-sku=tumblers] button").click();
      buys.locator("#name").fill("Grace");
      buys.locator("#email").fill("grace@example.org");
      buys.locator("#order").click();
      assertThat(buys.locator("#thanks")).containsText("Thank you, Grace", PATIENTLY);
      assertThat(tumblers).containsText("8 left", PATIENTLY);
      Browsers.screenshot(looks, "shop-live");

      Page page = owner.newPage();
      signIn(page);
      page.navigate(platform.url() + "/apps/shop/channels");
      Locator stock = page.locator("#channel-stock");
      assertThat(stock).containsText("2 listeners", PATIENTLY);
      assertThat(stock).containsText("\"tumblers\"");
      page.locator("#message-to-stock input").fill("{\"tumblers\": 2}");
      page.locator("#publish-to-stock").click();
      assertThat(tumblers).containsText("Only 2 left", PATIENTLY);
      look(page, "channels");
      Page small = phone.newPage();
      signIn(small);
      small.navigate(platform.url() + "/apps/shop/channels");
      assertThat(small.locator("#channel-stock")).containsText("2 listeners", PATIENTLY);
      look(small, "channels-phone-dark");
      nothingIsWiderThan(small);
      page.navigate(platform.url() + "/apps/ledger/channels");
      assertThat(page.locator("#no-channels")).containsText("[channels.orders]", PATIENTLY);
      look(page, "channels-empty");
    }
  }

  private Optional<JsonNode> channel(String name) throws IOException, InterruptedException {
    return ada.get("apps/shop/channels")
        .mustBe(200)
        .json()
        .get("items")
        .valueStream()
        .filter(each -> each.get("name").asString().equals(name))
        .findFirst();
  }

  private void nothingOnTheDiskHas(String text) throws IOException {
    String wanted = HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    int read = 0;
    try (Stream<Path> files = Files.walk(platform.data())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (!file.endsWith("lock")) {
          read++;
          assertThat(HexFormat.of().formatHex(Files.readAllBytes(file)).contains(wanted))
              .as(file.toString())
              .isFalse();
        }
      }
    }
    assertThat(read).isPositive();
  }

  /** The minute has mostly gone by with the others. */
  @Test
  @Order(6)
  void aScheduleFiresByItselfEachMinute() throws Exception {
    await(
        Duration.ofSeconds(90),
        () -> {
          JsonNode runs = items("cron/often/runs");
          return !runs.isEmpty() && runs.get(0).get("outcome").asString().equals("succeeded");
        });
    JsonNode run = items("cron/often/runs").get(0);
    assertThat(run.get("askedBy").isNull()).isTrue();
    assertThat(run.get("due").asString()).endsWith(":00Z");
    assertThat(run.get("log").asString()).isEqualTo("INFO the clock has struck");
  }

  private JsonNode queue(String name) throws IOException, InterruptedException {
    for (JsonNode queue : items("queues")) {
      if (queue.get("name").asString().equals(name)) {
        return queue;
      }
    }
    throw new AssertionError("there is no queue " + name);
  }

  private JsonNode items(String path) throws IOException, InterruptedException {
    return ada.get("apps/ledger/" + path).mustBe(200).json().get("items");
  }

  private interface Condition {
    boolean holds() throws IOException, InterruptedException;
  }

  private static void await(Duration most, Condition condition)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + most.toNanos();
    while (!condition.holds()) {
      assertThat(System.nanoTime()).as("it happens within " + most).isLessThan(end);
      Thread.sleep(250);
    }
  }

  private void signIn(Page page) {
    page.navigate(platform.url() + "/login");
    page.locator("#email input").fill("ada@example.org");
    page.locator("#password input").fill(PASSWORD);
    page.locator("#sign-in").click();
    assertThat(page.locator("#app-ledger")).containsText("ledger", PATIENTLY);
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  private static void nothingIsWiderThan(Page page) {
    assertThat(
            (Boolean)
                page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth"))
        .as("nothing is wider than the page")
        .isTrue();
  }

  private static void look(Page page, String name) {
    Browsers.screenshot(page, name);
    List<Rule> grave =
        new AxeBuilder(page)
            .analyze().getViolations().stream()
                .filter(rule -> GRAVE.contains(rule.getImpact()))
                .toList();
    assertThat(grave).as("what axe finds on %s", name).isEmpty();
  }
}
