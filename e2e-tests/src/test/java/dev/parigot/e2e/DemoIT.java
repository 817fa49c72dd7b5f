package dev.parigot.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Apps that run in the browser of whoever opens them, from a host that knows files only and sends
 * the policy that the page on demos recommends.
 */
class DemoIT {
  private static final Set<String> GRAVE = Set.of("serious", "critical");
  private static final double PATIENCE = 30_000;
  private static final LocatorAssertions.ContainsTextOptions PATIENTLY =
      new LocatorAssertions.ContainsTextOptions().setTimeout(PATIENCE);

  @TempDir static Path folder;
  private static Browsers browsers;
  private final List<String> violations = new CopyOnWriteArrayList<>();

  @AfterEach
  void nothingWasAgainstThePolicy() {
    assertThat(violations).isEmpty();
  }

  @BeforeAll
  static void open() throws IOException, InterruptedException {
    browsers = Browsers.open();
  }

  @AfterAll
  static void close() {
    browsers.close();
  }

  private static StaticHost host(Path app) throws IOException, InterruptedException {
    return host(app, Map.of("Content-Security-Policy", policy("")));
  }

  private static StaticHost host(Path app, Map<String, String> headers)
      throws IOException, InterruptedException {
    Path html = folder.resolve("html-" + app.getFileName());
    assertThat(parigot("wind", app.toString(), "--html", html.toString())).startsWith("0 ");
    return new StaticHost(html, headers);
  }

  /** The exit code and what it printed. */
  private static String parigot(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("./parigot"));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .directory(Platform.root().toFile())
            .redirectErrorStream(true)
            .start();
    String told = new String(process.getInputStream().readAllBytes());
    return process.waitFor() + " " + told;
  }

  /** As the page on demos has it, for an app that may ask those hosts. */
  private static String policy(String outbound) throws IOException {
    String docs = Files.readString(Platform.root().resolve("docs/demo.md"));
    Matcher policy =
        Pattern.compile("Content-Security-Policy: (default-src[^`]+?)\\n").matcher(docs);
    assertThat(policy.find()).isTrue();
    return policy.group(1).replace("connect-src 'self'", "connect-src 'self' " + outbound);
  }

  private static StaticHost example(String name) throws IOException, InterruptedException {
    return host(Platform.root().resolve("examples").resolve(name));
  }

  /** Waits until every file is in the browser. */
  private Page open(BrowserContext visitor, String url) {
    Page page = visitor.newPage();
    page.onConsoleMessage(message -> {
      if (message.text().contains("Content Security Policy")) {
        violations.add(message.text());
      }
    });
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
      // Without a policy of its host it holds to that of its page.
      Path hello = Platform.root().resolve("examples/hello");
      try (StaticHost host = host(hello, Map.of())) {
        page = open(visitor, host.url());
        host.requests();
        greet(page, "Ada");
        // The browser itself looks whether there is a newer one.
        assertThat(host.requests()).isSubsetOf("GET /parigot-sw.js");
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
      link(page, "Sign in").click();
      link(page, "Sign up").click();
      app(page).getByLabel("E-mail").fill("ada@example.org");
      app(page).getByLabel("Name").fill("Ada");
      app(page).getByLabel("Password").fill("correct horse");
      look(page, "demo-sign-up");
      app(page)
          .getByRole(AriaRole.BUTTON, new FrameLocator.GetByRoleOptions().setName("Sign up"))
          .click();
      assertThat(app(page).locator("#customer")).containsText("Ada", PATIENTLY);
      page.reload();
      assertThat(app(page).locator("#customer")).containsText("Ada", PATIENTLY);
      button(page, "Look inside").click();
      for (String name : List.of("Services", "Try", "Requests", "Log", "Data")) {
        tab(page, name);
        look(page, "demo-" + name.toLowerCase(Locale.ROOT));
      }
      assertThat(page.locator("tbody")).containsText("cart/", PATIENTLY);
      page.onDialog(dialog -> dialog.accept());
      button(page, "Start over").click();
      assertThat(page.locator(".view.data")).containsText("The store is empty", PATIENTLY);
      assertThat(app(page).locator("#signed-out")).containsText("Sign in", PATIENTLY);
    }
  }

  /** The page itself has ordered nothing: it is told by the channel. */
  @Test
  void whatAServicePublishesIsToldToThePage() throws Exception {
    try (StaticHost host = example("shop");
        BrowserContext visitor = browsers.visitor()) {
      Page page = open(visitor, host.url());
      Locator tumblers = app(page).locator("[data-sku=tumblers] .left");
      assertThat(tumblers).containsText("9 left", PATIENTLY);
      Object heard =
          page.frames()
              .getLast()
              .evaluate(
                  """
                  async () => {
                    const { channel, service } = await import('/_parigot/client.js');
                    const cart = 'a'.repeat(32);
                    return new Promise((resolve, reject) => channel('stock').listen(resolve, {
                      onError: reject,
                      onState: async state => {
                        if (state !== 'open') return;
                        await service('cart').add({ cart, sku: 'tumblers', quantity: 1 });
                        await service('orders').place({ cart, name: 'Ada', email: 'ada@example.org' });
                      },
                    }));
                  }\
                  """);
      assertThat(heard).isEqualTo(Map.of("tumblers", 8));
      assertThat(tumblers).containsText("8 left", PATIENTLY);
    }
  }

  private static Locator link(Page page, String name) {
    return app(page)
        .getByRole(AriaRole.LINK, new FrameLocator.GetByRoleOptions().setName(name).setExact(true));
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
      assertThat(page.locator(".data .count")).containsText("2 keys", PATIENTLY);
      assertThat(values.nth(0)).hasValue("00 ff");
      assertThat(values.nth(1)).hasValue("12");
      button(page, "Delete leaf").click();
      assertThat(page.locator(".data .count")).containsText("1 key,", PATIENTLY);
      page.reload();
      tab(page, "Data");
      assertThat(page.locator("tbody")).containsText("tea ☕", PATIENTLY);
      assertThat(page.locator(".data .count")).containsText("1 key,");
      page.onDialog(dialog -> dialog.accept());
      button(page, "Start over").click();
      assertThat(page.locator("tbody")).containsText("leaf", PATIENTLY);
      assertThat(page.locator(".data .count")).containsText("2 keys");
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
        "[services.%s]\nwasm = \"%s\"\npublic = true\n%s"
            .formatted(module.replace("-", ""), wasm, more));
    return app;
  }

  @Test
  void whatWasAskedIsSavedAndIsATestOfItsServices() throws Exception {
    Path shop = Platform.root().resolve("examples/shop");
    Path file;
    try (StaticHost host = host(shop);
        BrowserContext visitor = browsers.visitor()) {
      Page page = open(visitor, host.url());
      String cart = "0123456789abcdef0123456789abcdef";
      post(
          page, "/cart/add", "{\"cart\":\"%s\",\"sku\":\"plaque\",\"quantity\":1}".formatted(cart));
      String placed =
          post(
              page,
              "/orders/place",
              "{\"cart\":\"%s\",\"name\":\"Zoë\",\"email\":\"zoe@example.org\"}".formatted(cart));
      assertThat(placed).startsWith("200 ");
      assertThat(post(page, "/orders/list", "{\"cart\":\"%s\"}".formatted(cart)))
          .startsWith("200 ");
      assertThat(post(page, "/cart/view", "tea")).startsWith("400 ");
      button(page, "Look inside").click();
      tab(page, "Requests");
      Download saved = page.waitForDownload(() -> button(page, "Save as a test").click());
      assertThat(saved.suggestedFilename()).isEqualTo("shop.replay.json");
      file = folder.resolve("shop.replay.json");
      saved.saveAs(file);
      assertThat(page.locator(".notice")).containsText("run them by parigot test DIR --replay");
    }
    assertThat(parigot("test", shop.toString(), "--replay", file.toString()))
        .startsWith("0 shop: replay of ")
        .contains("  ok    POST /orders/place (200)\n", "  ok    POST /cart/view (400)\n")
        .endsWith("all as they were\n");
    Path changed = folder.resolve("changed");
    copy(shop, changed);
    // AssemblyScript's texts are UTF-16.
    Path catalog = changed.resolve("build/catalog.wasm");
    Files.write(catalog, replaced(Files.readAllBytes(catalog), "Street sign", "Street sigh"));
    assertThat(parigot("test", changed.toString(), "--replay", file.toString()))
        .startsWith("1 ")
        .contains("  FAIL  POST /cart/add (200)\n    the body is not what it was:\n")
        .contains("-       \"name\" : \"Street sign\"", "+       \"name\" : \"Street sigh\"")
        .contains(" are not as they were\n");
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = to.resolve(from.relativize(file));
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
  }

  private static byte[] replaced(byte[] bytes, String old, String now) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    String from = new String(old.getBytes(StandardCharsets.UTF_16LE), StandardCharsets.ISO_8859_1);
    String to = new String(now.getBytes(StandardCharsets.UTF_16LE), StandardCharsets.ISO_8859_1);
    assertThat(text).contains(from);
    return text.replace(from, to).getBytes(StandardCharsets.ISO_8859_1);
  }

  @Test
  void cookiesAreSentBackAndAPageMayBeFramed() throws Exception {
    try (StaticHost host = host(conformanceApp("cookies", "http-method", ""));
        BrowserContext visitor = browsers.visitor()) {
      Page page = open(visitor, host.url());
      // A path that ends in b gives back the body, and any other the request.
      post(
          page,
          "/httpmethod/b",
          "HTTP/1.1 200 OK\r\nSet-Cookie: tea=green; Path=/httpmethod\r\n\r\n");
      assertThat(get(page, "/httpmethod/x", "include")).contains("\r\nCookie: tea=green\r\n");
      assertThat(get(page, "/httpmethod/x", "omit")).doesNotContain("Cookie");
      page.reload();
      assertThat(page.locator(".state")).containsText("offline too", PATIENTLY);
      assertThat(get(page, "/httpmethod/x", "include")).contains("Cookie: tea=green");
      post(
          page,
          "/httpmethod/b",
          "HTTP/1.1 200 OK\r\nSet-Cookie: tea=; Path=/httpmethod; Max-Age=0\r\n\r\n");
      assertThat(get(page, "/httpmethod/x", "include")).doesNotContain("Cookie");
      Object policy =
          page.evaluate(
              "async () => (await fetch('/httpmethod/b', {method: 'POST', body: `HTTP/1.1 200 OK\r\n"
                  + "Content-Security-Policy: default-src 'self'; frame-ancestors 'none'; img-src *\r\n\r\n`}))"
                  + ".headers.get('content-security-policy')");
      assertThat(policy).isEqualTo("default-src 'self'; img-src *");
    }
  }

  private static String get(Page page, String path, String credentials) {
    return page.evaluate(
            "async ({path, credentials}) => (await fetch(path, {credentials})).text()",
            Map.of("path", path, "credentials", credentials))
        .toString();
  }

  @Test
  void theAppsOwnPagesMayDoWhatTheyDoInProduction() throws Exception {
    Path app = conformanceApp("inline", "back", "[site]\ndir = \"site\"\n");
    Files.createDirectories(app.resolve("site"));
    Files.writeString(
        app.resolve("site/index.html"),
        "<!doctype html><title>t</title><p style='color: rgb(1, 2, 3)'>before"
            + "<script>document.querySelector('p').textContent = 'after'</script>");
    try (StaticHost host = host(app);
        BrowserContext visitor = browsers.visitor()) {
      Page page = open(visitor, host.url());
      assertThat(app(page).locator("p")).hasText("after");
      assertThat(app(page).locator("p")).hasCSS("color", "rgb(1, 2, 3)");
    }
  }

  @Test
  void otherHostsAreAskedAsTheirCorsAndTheManifestAllow() throws Exception {
    try (StaticHost open = new StaticHost(outside(), Map.of("Access-Control-Allow-Origin", "*"));
        StaticHost closed = new StaticHost(outside(), Map.of())) {
      String allowed = authority(open) + "\", \"" + authority(closed);
      Path app = conformanceApp("outside", "http", "[outbound]\nallow = [\"" + allowed + "\"]\n");
      String hosts = authority(open) + " " + authority(closed);
      try (StaticHost host = host(app, Map.of("Content-Security-Policy", policy(hosts)));
          BrowserContext visitor = browsers.visitor()) {
        Page page = open(visitor, host.url());
        assertThat(send(page, open.url() + "tea.txt"))
            .startsWith("200 HTTP/1.1 200")
            .endsWith("\r\n\r\ngreen");
        assertThat(send(page, closed.url() + "tea.txt"))
            .startsWith("502 localhost can't be reached from this page")
            .contains("(CORS)");
        assertThat(send(page, "http://127.0.0.1:1/"))
            .isEqualTo(
                "403 The manifest doesn't allow requests to 127.0.0.1: see [outbound] allow.");
        assertThat(open.requests()).containsExactly("GET /tea.txt");
      }
    }
  }

  private static Path outside() throws IOException {
    Path files = Files.createDirectories(folder.resolve("other-host"));
    Files.writeString(files.resolve("tea.txt"), "green");
    return files;
  }

  private static String authority(StaticHost host) {
    return URI.create(host.url()).getAuthority();
  }

  /** What its request says: the place and length of the message, and the message. */
  private static String send(Page page, String url) {
    return page.evaluate(
            "async url => {"
                + " const message = new TextEncoder().encode(`GET ${url} HTTP/1.1\r\n\r\n`);"
                + " const body = new Uint8Array(8 + message.length);"
                + " new Uint32Array(body.buffer, 0, 2).set([1032, message.length]);"
                + " body.set(message, 8);"
                + " const got = await fetch('/http/send', {method: 'POST', body});"
                + " return got.status + ' ' + await got.text() }",
            url)
        .toString();
  }

  @Test
  void messagesAreTriedAndSchedulesFiredInTheirTab() throws Exception {
    String more =
        "[queues.orders]\ndeliver = \"queue.refuse\"\nattempts = 2\n"
            + "[cron.yearly]\nschedule = \"0 0 1 1 *\"\ncall = \"queue.ignore\"\n";
    try (StaticHost host = host(conformanceApp("queues", "queue", more));
        BrowserContext visitor = browsers.visitor()) {
      Page page = open(visitor, host.url());
      tab(page, "Queues and cron");
      assertThat(page.locator(".queues")).containsText("0 messages waiting");
      page.evaluate(
          "async () => { const body = new Uint8Array(25);"
              + " new Uint32Array(body.buffer, 0, 4).set([1040, 6, 1046, 3]);"
              + " body.set(new TextEncoder().encode('orderstea'), 16);"
              + " await fetch('/queue/send', {method: 'POST', body}) }");
      assertThat(page.locator(".queues"))
          .containsText("Message 1: given up after 2 attempts: 1026 no tea left", PATIENTLY);
      assertThat(page.locator(".queues")).containsText("0 messages waiting, 1 given up");
      button(page, "Fire now").click();
      assertThat(page.locator(".notice")).containsText("yearly was fired.");
      look(page, "demo-queues");
      tab(page, "Requests");
      assertThat(page.locator(".rows")).containsText("cron yearly");
      assertThat(page.locator(".rows")).containsText("queue orders");
    }
  }

  @Test
  void anotherTabTakesOverWhenTheFirstIsClosed() throws Exception {
    try (StaticHost host = host(conformanceApp("tabs", "back", ""));
        BrowserContext visitor = browsers.visitor()) {
      Page first = open(visitor, host.url());
      Page second = visitor.newPage();
      second.navigate(host.url());
      assertThat(second.locator(".state")).containsText("Runs in another tab", PATIENTLY);
      assertThat(post(second, "/back/keep", "k")).isEqualTo("200 ");
      first.close();
      assertThat(second.locator(".state")).containsText("Runs in this tab", PATIENTLY);
      assertThat(post(second, "/back/echo", "tea")).isEqualTo("200 tea");
      tab(second, "Data");
      assertThat(second.locator("tbody")).containsText("k", PATIENTLY);
    }
  }

  @Test
  void aNewerVersionIsShownOnceTheBrowserHasHeardOfIt() throws Exception {
    Path app = conformanceApp("versions", "back", "[site]\ndir = \"site\"\n");
    Files.createDirectories(app.resolve("site"));
    Files.writeString(app.resolve("site/index.html"), "<!doctype html><title>t</title><p>one");
    try (StaticHost host = host(app);
        BrowserContext visitor = browsers.visitor()) {
      Page page = open(visitor, host.url());
      assertThat(app(page).locator("p")).hasText("one");
      post(page, "/back/keep", "k");

      Files.writeString(app.resolve("site/index.html"), "<!doctype html><title>t</title><p>two");
      host(app).close();
      for (int visit = 0;
          visit < 10 && !app(page).locator("p").textContent().equals("two");
          visit++) {
        page.reload();
        assertThat(page.locator(".state")).containsText("offline too", PATIENTLY);
      }
      assertThat(app(page).locator("p")).hasText("two");
      button(page, "Look inside").click();
      tab(page, "Data");
      assertThat(page.locator("tbody")).containsText("k", PATIENTLY);
    }
  }

  @Test
  void everyTabIsReadableInTheDarkAndOnAPhone() throws Exception {
    try (StaticHost host = example("shop");
        BrowserContext visitor = browsers.visitor(1280, 800, ColorScheme.DARK)) {
      Page page = open(visitor, host.url());
      button(page, "Look inside").click();
      for (String name : List.of("Services", "Try", "Requests", "Log", "Data")) {
        tab(page, name);
        assertThat(page.getByRole(AriaRole.TABPANEL, new Page.GetByRoleOptions().setName(name)))
            .isVisible();
        for (int width : List.of(1280, 390)) {
          page.setViewportSize(width, 800);
          look(page, "demo-dark-" + width + "-" + name.toLowerCase(Locale.ROOT));
        }
      }
    }
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
      assertThat(post(page, "/back/keep", "k")).isEqualTo("200 ");
      assertThat(post(page, "/back/count", "").substring(0, 3)).isEqualTo("200");
      assertThat(post(page, "/back/trap", "")).startsWith("500 back trapped: unreachable");
      assertThat(post(page, "/back/loop", "")).isEqualTo("408 back took too long.");
      assertThat(post(page, "/back/echo", "tea")).isEqualTo("200 tea");
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
  private static String post(Page page, String path, String body) {
    return page.evaluate(
            "async ({path, body}) => { const got = await fetch(path, {method: 'POST', body});"
                + " return got.status + ' ' + await got.text() }",
            Map.of("path", path, "body", body))
        .toString();
  }
}
