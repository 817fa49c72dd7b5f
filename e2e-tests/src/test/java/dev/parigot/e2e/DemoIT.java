package dev.parigot.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Apps that run in the browser of whoever opens them, from a host that knows files only. */
class DemoIT {
  private static final Set<String> GRAVE = Set.of("serious", "critical");
  private static final double PATIENCE = 30_000;
  private static final LocatorAssertions.ContainsTextOptions PATIENTLY =
      new LocatorAssertions.ContainsTextOptions().setTimeout(PATIENCE);

  @TempDir static Path folder;
  private static Browsers browsers;

  @BeforeAll
  static void open() throws IOException, InterruptedException {
    browsers = Browsers.open();
  }

  @AfterAll
  static void close() {
    browsers.close();
  }

  private static StaticHost host(Path app) throws IOException, InterruptedException {
    Path html = folder.resolve("html-" + app.getFileName());
    Process wind =
        new ProcessBuilder("./parigot", "wind", app.toString(), "--html", html.toString())
            .directory(Platform.root().toFile())
            .redirectErrorStream(true)
            .start();
    String told = new String(wind.getInputStream().readAllBytes());
    assertThat(wind.waitFor()).as(told).isZero();
    return new StaticHost(html);
  }

  private static StaticHost example(String name) throws IOException, InterruptedException {
    return host(Platform.root().resolve("examples").resolve(name));
  }

  /** Waits until every file is in the browser. */
  private static Page open(BrowserContext visitor, String url) {
    Page page = visitor.newPage();
    page.navigate(url);
    assertThat(page.locator(".state")).containsText("offline too", PATIENTLY);
    return page;
  }

  private static FrameLocator app(Page page) {
    return page.frameLocator("iframe");
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  private static void tab(Page page, String name) {
    page.getByRole(AriaRole.TAB, new Page.GetByRoleOptions().setName(name)).click();
  }

  private static void look(Page page, String name) {
    Browsers.screenshot(page, name);
    List<Rule> grave =
        new AxeBuilder(page)
            .exclude("iframe").analyze().getViolations().stream()
                .filter(rule -> GRAVE.contains(rule.getImpact()))
                .toList();
    assertThat(grave).as("what axe finds on %s", name).isEmpty();
  }

  @Test
  void anAppAnswersInThePageAndGoesOnWithoutItsServer() throws Exception {
    try (BrowserContext visitor = browsers.visitor()) {
      Page page;
      try (StaticHost host = example("hello")) {
        page = open(visitor, host.url());
        host.requests();
        greet(page, "Ada");
        assertThat(host.requests()).isEmpty();
      }
      page.reload();
      greet(page, "Grace");
      button(page, "Look inside").click();
      assertThat(page.locator(".panel")).containsText("Wound together into one module");
      tab(page, "Requests");
      page.locator("summary")
          .filter(new Locator.FilterOptions().setHasText("greet"))
          .first()
          .click();
      assertThat(page.locator(".waterfall")).containsText("phrases.");
    }
  }

  private static void greet(Page page, String name) {
    app(page).getByLabel("Your name").fill(name);
    app(page).getByText("Greet me").click();
    assertThat(app(page).locator("#greeting")).containsText(name, PATIENTLY);
  }

  @Test
  void dataStaysInTheBrowserUntilItIsToldToStartOver() throws Exception {
    try (StaticHost host = example("shop");
        BrowserContext visitor = browsers.visitor()) {
      Page page = open(visitor, host.url());
      app(page)
          .getByText("Add", new FrameLocator.GetByTextOptions().setExact(true))
          .first()
          .click();
      assertThat(app(page).locator("#cart-lines")).containsText("Street sign", PATIENTLY);
      page.reload();
      assertThat(app(page).locator("#cart-lines")).containsText("Street sign", PATIENTLY);
      button(page, "Look inside").click();
      for (String name : List.of("Services", "Try", "Requests", "Log", "Data")) {
        tab(page, name);
        look(page, "demo-" + name.toLowerCase(Locale.ROOT));
      }
      assertThat(page.locator("tbody")).containsText("cart/", PATIENTLY);
      page.onDialog(dialog -> dialog.accept());
      button(page, "Start over").click();
      assertThat(page.locator(".view.data")).containsText("The store is empty", PATIENTLY);
    }
  }

  @Test
  void startingDataIsThereAtFirstAndWhenAVisitorStartsOver() throws Exception {
    Path app = conformanceApp("begins", "back", "[demo]\ndata = \"data.json\"\n");
    Files.writeString(
        app.resolve("data.json"), "{\"tea ☕\": \"12\", \"leaf\": {\"base64\": \"AP8=\"}}");
    try (StaticHost host = host(app);
        BrowserContext visitor = browsers.visitor()) {
      Page page = open(visitor, host.url());
      tab(page, "Data");
      Locator values = page.locator("tbody textarea");
      assertThat(page.locator(".count")).containsText("2 keys", PATIENTLY);
      assertThat(values.nth(0)).hasValue("00 ff");
      assertThat(values.nth(1)).hasValue("12");
      button(page, "Delete leaf").click();
      assertThat(page.locator(".count")).containsText("1 key,", PATIENTLY);
      page.reload();
      tab(page, "Data");
      assertThat(page.locator("tbody")).containsText("tea ☕", PATIENTLY);
      assertThat(page.locator(".count")).containsText("1 key,");
      page.onDialog(dialog -> dialog.accept());
      button(page, "Start over").click();
      assertThat(page.locator("tbody")).containsText("leaf", PATIENTLY);
      assertThat(page.locator(".count")).containsText("2 keys");
    }
  }

  /** An app of one module of the conformance suite, which is public. */
  private static Path conformanceApp(String name, String module, String more) throws IOException {
    Path app = Files.createDirectories(folder.resolve(name));
    String wasm = module + ".wasm";
    Files.copy(
        Platform.root().resolve("sdk/abi/conformance/modules").resolve(wasm), app.resolve(wasm));
    Files.writeString(
        app.resolve("parigot.toml"),
        "[services." + module + "]\nwasm = \"" + wasm + "\"\npublic = true\n" + more);
    return app;
  }

  @Test
  void aBrowserWithOneMemoryAModuleGetsTheServicesLinked() throws Exception {
    try (StaticHost host = example("hello");
        BrowserContext visitor = browsers.visitor(390, 844, ColorScheme.DARK)) {
      Page page = open(visitor, host.url() + "?linked");
      greet(page, "Ada");
      button(page, "Look inside").click();
      assertThat(page.locator(".panel")).containsText("Linked one by one");
      look(page, "demo-phone-dark");
    }
  }

  @Test
  void servicesThatSpeakHttpAndCommandsAnswerTheirAddresses() throws Exception {
    try (StaticHost host = example("links");
        BrowserContext visitor = browsers.visitor()) {
      Page page = open(visitor, host.url() + "#/links/");
      app(page).locator("input[name=url]").fill("https://example.org/tea");
      app(page).locator("form button").first().click();
      assertThat(app(page).locator("body")).containsText("/links/", PATIENTLY);
      Object csv =
          page.evaluate(
              "async () => { const got = await fetch('/export/links.csv');"
                  + " return got.headers.get('content-type') + '\\n' + await got.text() }");
      assertThat(csv.toString()).startsWith("text/csv").contains("https://example.org/tea");
    }
  }

  @Test
  void aTrapAndALoopAreToldAndTheProgramGoesOnWithItsData() throws Exception {
    Path app = conformanceApp("faults", "back", "timeout = \"300ms\"\n");
    try (StaticHost host = host(app);
        BrowserContext visitor = browsers.visitor()) {
      Page page = open(visitor, host.url());
      // Without pages of its own the panel is the page.
      tab(page, "Try");
      assertThat(page.getByText("POST /back/echo")).isVisible();
      assertThat(post(page, "keep", "k")).isEqualTo("200 ");
      assertThat(post(page, "count", "").substring(0, 3)).isEqualTo("200");
      assertThat(post(page, "trap", "")).startsWith("500 back trapped: unreachable");
      assertThat(post(page, "loop", "")).isEqualTo("408 back took too long.");
      assertThat(post(page, "echo", "tea")).isEqualTo("200 tea");
      assertThat(page.locator(".notice"))
          .containsText("Its program was started anew; its data is as it was.");
      tab(page, "Log");
      assertThat(page.locator(".lines")).containsText("trap trapped: unreachable");
      assertThat(page.locator(".lines")).containsText("had to be ended");
      tab(page, "Data");
      assertThat(page.locator("tbody")).containsText("k", PATIENTLY);
    }
  }

  /** The status and the text. */
  private static String post(Page page, String method, String body) {
    return page.evaluate(
            "async ({method, body}) => { const got = await fetch('/back/' + method, {method: 'POST', body});"
                + " return got.status + ' ' + await got.text() }",
            Map.of("method", method, "body", body))
        .toString();
  }
}
