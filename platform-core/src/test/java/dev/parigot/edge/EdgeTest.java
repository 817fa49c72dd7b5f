package dev.parigot.edge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parigot.app.App;
import dev.parigot.app.AppName;
import dev.parigot.fleet.TestPlatform;
import dev.parigot.gateway.GatewayRequest;
import dev.parigot.gateway.GatewayResponse;
import dev.parigot.observe.LogLine;
import dev.parigot.release.Release;
import dev.parigot.release.ReleasedService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EdgeTest {
  TestPlatform platform;
  Release release;

  @BeforeAll
  void deploy(@TempDir Path folder) throws IOException {
    platform = new TestPlatform(folder);
    GatewayResponse empty = get("/", "Accept", "text/html");
    assertThat(empty.status()).isEqualTo(404);
    assertThat(text(empty))
        .contains("git remote add parigot http://localhost:8080/git/shop.git", "<!doctype html>");
    assertThat(text(get("/"))).startsWith("Nothing is deployed yet.");

    ReleasedService hello = platform.service("hello", "hello");
    release =
        platform.release(
            List.of(
                TestPlatform.exposing(hello, List.of("echo", "sold_out", "odd", "trap")),
                TestPlatform.exposing(platform.service("front", "front"), null),
                TestPlatform.exposing(platform.service("web", "site"), List.of("http")),
                TestPlatform.exposing(platform.service("hidden", "site"), List.of("greet")),
                platform.service("cgi", command()),
                platform.service("onward", "onward"),
                TestPlatform.exposing(platform.service("closed", "onward"), null)),
            Map.of(
                "index.html", "<h1>shop</h1>".getBytes(UTF_8),
                "docs/index.html", "docs".getBytes(UTF_8),
                "a b.js", "0123456789".getBytes(UTF_8),
                "hello/about.txt", "a file".getBytes(UTF_8)));
    platform.fleet.activate(platform.fleet.start(release));
  }

  /** The first byte of its input says what it does. */
  private static byte[] command() throws IOException {
    return Files.readAllBytes(Path.of("../sdk/abi/conformance/modules/command.wasm"));
  }

  @AfterAll
  void close() {
    platform.close();
  }

  @Test
  void aMethodIsCalledByPost() {
    GatewayResponse response = post("/hello/echo", "{\"a\": [1, null]}");
    assertThat(response.status()).isEqualTo(200);
    assertThat(text(response)).isEqualTo("{\"a\": [1, null]}");
    assertHeader(response, "Content-Type", "application/json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "{} {}", "plain", "[1,]", "nul", "\u0000"})
  void whatIsNoJsonIsBytes(String body) {
    assertHeader(post("/hello/echo", body), "Content-Type", "application/octet-stream");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "\"x\"", "null", " [] ", "{\"ü\":\"\\u00e4\"}"})
  void everyJsonValueIsJson(String body) {
    assertHeader(post("/hello/echo", body), "Content-Type", "application/json");
  }

  @Test
  void theAppsOwnErrorsAre422WithTheirCode() {
    GatewayResponse response = post("/hello/sold_out", "");
    assertThat(response.status()).isEqualTo(422);
    assertHeader(response, "Parigot-Error", "1234");
    assertHeader(response, "Content-Type", "text/plain; charset=utf-8");
    assertThat(text(response)).isEqualTo("sold out");
  }

  @Test
  void trapsAre500() {
    GatewayResponse response = post("/hello/trap", "");
    assertThat(response.status()).isEqualTo(500);
    assertThat(text(response)).startsWith("hello trapped: ");
  }

  @Test
  void privateServicesAndMethodsAreAsIfAbsent() {
    String absent = text(post("/absent/relay", "x")).replace("absent", "front");
    assertThat(text(post("/front/relay", "x"))).isEqualTo(absent);
    assertThat(post("/front/relay", "x").status()).isEqualTo(404);
    assertThat(text(post("/hello/count", ""))).doesNotContain("POST /hello/count");
    assertThat(post("/hello/count", "").status()).isEqualTo(404);
    assertThat(text(post("/hello/coun", ""))).doesNotContain("count");
  }

  @Test
  void aMisspeltMethodIsHelped() {
    assertThat(text(post("/hello/ecco", "")))
        .contains("The service hello has no method \"ecco\". Did you mean \"echo\"?");
  }

  @Test
  void anotherMethodThanPostIs405AndOptionsTells() {
    GatewayResponse get = get("/hello/echo");
    assertThat(get.status()).isEqualTo(405);
    assertHeader(get, "Allow", "POST, OPTIONS");
    GatewayResponse options = send("OPTIONS", "/hello/echo", "", "");
    assertThat(options.status()).isEqualTo(204);
    assertHeader(options, "Allow", "POST, OPTIONS");
    assertHeader(send("PUT", "/index.html", "", "x"), "Allow", "GET, HEAD, OPTIONS");
  }

  @Test
  void filesAreServedWithTypeAndTag() {
    GatewayResponse response = get("/");
    assertThat(response.status()).isEqualTo(200);
    assertThat(text(response)).isEqualTo("<h1>shop</h1>");
    assertHeader(response, "Content-Type", "text/html; charset=utf-8");
    assertHeader(response, "Cache-Control", "no-cache");
    assertThat(response.headers().has("ETag")).isTrue();
    assertHeader(get("/a%20b.js"), "Content-Type", "text/javascript; charset=utf-8");
    assertThat(text(get("/hello/about.txt"))).isEqualTo("a file");
  }

  @Test
  void anUnchangedFileIsNotSentAgain() {
    String etag = get("/").headers().first("ETag").orElseThrow();
    assertThat(get("/", "If-None-Match", "\"x\", W/" + etag).status()).isEqualTo(304);
    assertThat(get("/", "If-None-Match", "*").status()).isEqualTo(304);
    assertThat(get("/", "If-None-Match", "\"x\"").status()).isEqualTo(200);
  }

  @Test
  void headHasTheLengthAndNoBody() {
    GatewayResponse head = send("HEAD", "/a%20b.js", "", "");
    assertThat(head.status()).isEqualTo(200);
    assertHeader(head, "Content-Length", "10");
    assertThat(head.body()).isEmpty();
    GatewayResponse absent = send("HEAD", "/absent", "", "");
    assertThat(absent.status()).isEqualTo(404);
    assertThat(absent.body()).isEmpty();
  }

  @Test
  void aFolderIsRedirectedToItsIndex() {
    GatewayResponse response =
        platform.edge.handle(
            platform.app, new GatewayRequest("GET", "/docs", "a=b", Map.of(), new byte[0], ""));
    assertThat(response.status()).isEqualTo(308);
    assertHeader(response, "Location", "/docs/?a=b");
    assertThat(text(get("/docs/"))).isEqualTo("docs");
    assertThat(get("/docs//").status()).isEqualTo(400);
  }

  @Test
  void aRangeIsCutOut() {
    assertRange("bytes=2-4", 206, "234", "bytes 2-4/10");
    assertRange("bytes=7-", 206, "789", "bytes 7-9/10");
    assertRange("bytes=-3", 206, "789", "bytes 7-9/10");
    assertRange("bytes=-99", 206, "0123456789", "bytes 0-9/10");
    assertRange("bytes=8-99999999999999999999", 206, "89", "bytes 8-9/10");
    assertRange("bytes=10-", 416, "", "bytes */10");
    assertRange("bytes=-0", 416, "", "bytes */10");
    assertRange("bytes=4-2", 200, "0123456789", null);
    assertRange("bytes=0-1,3-4", 200, "0123456789", null);
    assertRange("lines=1-2", 200, "0123456789", null);
    assertThat(get("/a%20b.js", "Range", "bytes=0-1", "If-Range", "\"old\"").status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/../index.html",
        "/docs/%2e%2e/index.html",
        "/docs/..%2findex.html",
        "/docs\\index.html",
        "/%00",
        "/%zz",
        "/%c3%28",
        "//evil.example/",
        "//evil.example/docs",
        "/docs/./",
        "/%",
        "*"
      })
  void pathsThatCouldLeadAstrayAreRefused(String path) {
    assertThat(get(path).status()).isEqualTo(400);
  }

  @Test
  void tooLargeABodyIsRefused() {
    GatewayResponse response =
        platform.edge.handle(
            platform.app,
            new GatewayRequest(
                "POST", "/hello/echo", "", Map.of(), new byte[(10 << 20) + 1], "127.0.0.1"));
    assertThat(response.status()).isEqualTo(413);
  }

  @Test
  void anHttpMethodAnswersForAllUnderItsService() {
    GatewayResponse response =
        platform.edge.handle(
            platform.app,
            new GatewayRequest(
                "GET",
                "/web/a//%2e%2e/b",
                "c=d",
                Map.of(
                    "host", List.of("shop.localhost"),
                    "connection", List.of("close, x-hop"),
                    "x-hop", List.of("1"),
                    "x-forwarded-for", List.of("10.0.0.1"),
                    "content-length", List.of("9")),
                "tea".getBytes(UTF_8),
                "127.0.0.1"));

    assertThat(response.status()).isEqualTo(201);
    assertHeader(response, "Content-Type", "text/plain");
    assertThat(response.headers().all("Set-Cookie")).containsExactly("a=1", "b=2");
    assertThat(response.headers().has("Connection")).isFalse();
    assertThat(text(response).lines().toList())
        .startsWith("GET /web/a//%2e%2e/b?c=d HTTP/1.1")
        .contains("host: shop.localhost", "X-Forwarded-For: 127.0.0.1", "Content-Length: 3")
        .doesNotContain("x-hop: 1", "x-forwarded-for: 10.0.0.1")
        .endsWith("tea");
  }

  @Test
  void whoSpeaksHttpIsFoundWithoutTheSlashToo() {
    GatewayResponse response =
        platform.edge.handle(
            platform.app, new GatewayRequest("GET", "/web", "a=b", Map.of(), new byte[0], ""));
    assertThat(response.status()).isEqualTo(308);
    assertHeader(response, "Location", "/web/?a=b");
    assertHeader(get("/cgi"), "Location", "/cgi/");
    assertThat(get("/hidden").status()).isEqualTo(404);
    assertThat(get("/closed").status()).isEqualTo(404);
  }

  @Test
  void aCommandAnswersAsACgiProgramInAFreshMemoryEachTime() {
    GatewayResponse told =
        platform.edge.handle(
            platform.app,
            new GatewayRequest(
                "GET",
                "/cgi/a%20b",
                "x=1",
                Map.of("host", List.of("shop.localhost:8080"), "x-colour", List.of("blue")),
                new byte[0],
                "127.0.0.1"));

    assertThat(told.status()).isEqualTo(200);
    assertHeader(told, "Content-Type", "text/plain");
    assertThat(text(told).lines())
        .contains(
            "REQUEST_METHOD=GET",
            "SCRIPT_NAME=/cgi",
            "PATH_INFO=/a b",
            "QUERY_STRING=x=1",
            "SERVER_PORT=8080",
            "HTTP_X_COLOUR=blue",
            "REMOTE_ADDR=127.0.0.1",
            "CURRENCY=EUR");
    assertThat(text(post("/cgi/", "input"))).isEqualTo("input");
    assertThat(text(post("/cgi/", "runs"))).isEqualTo(text(post("/cgi/", "runs")));
  }

  @Test
  void aCommandThatFailsIsA502AndTheLogSaysWhy() {
    for (String input : List.of("3", "trap", "no end of headers", "?")) {
      assertThat(post("/cgi/", input).status()).as(input).isEqualTo(502);
    }
    assertThat(post("/cgi/", "input").status()).isEqualTo(200);
    assertThat(logged("cgi"))
        .anyMatch(line -> line.startsWith("http trapped: proc_exit("))
        .anyMatch(line -> line.startsWith("http trapped: unreachable"))
        .anyMatch(line -> line.startsWith("502 What cgi wrote is no CGI response: "));
  }

  @Test
  void aCommandsLocationOnThisServerIsAnsweredAtOnce() {
    GatewayResponse response = post("/onward/", "docs");
    assertThat(response.status()).isEqualTo(200);
    assertThat(text(response)).isEqualTo("docs");
    GatewayResponse endless = get("/onward/");
    assertThat(endless.status()).isEqualTo(502);
    assertThat(text(endless)).contains("without end");
  }

  @Test
  void aPrivateCommandIsAsIfAbsent() {
    assertThat(get("/closed/").status()).isEqualTo(404);
    assertThat(text(get("/closed/"))).doesNotContain("closed\n").doesNotContain("/closed/\n ");
  }

  private List<String> logged(String service) {
    return platform.logs.read(platform.app.id(), 0, 100, service, null).stream()
        .map(LogLine::message)
        .toList();
  }

  @Test
  void whatIsNoHttpResponseIsA502() {
    GatewayResponse response = post("/web/anything", "");
    assertThat(response.status()).isEqualTo(502);
    assertThat(logged("web")).anyMatch(line -> line.startsWith("502 What web.http answered is"));
    assertThat(text(response))
        .startsWith("What web.http answered is no HTTP response: it does not begin with a status");
  }

  @Test
  void aTrapInAnHttpMethodIsA500() {
    GatewayResponse response = send("DELETE", "/web/", "", "");
    assertThat(response.status()).isEqualTo(500);
    assertThat(text(response)).startsWith("web trapped: ");
  }

  @Test
  void whatNoFileMatchesGoesToTheSitesServiceEvenIfItIsPrivate() {
    App app = platform.apps.create(platform.owner(), AppName.of("served"));
    Release.Contents plain =
        Release.Contents.of(
            List.of(TestPlatform.exposing(platform.service("front", "site"), null)));
    Release served =
        platform.releases.create(
            app.id(),
            null,
            "ada@example.org",
            new Release.Contents(
                plain.services(),
                release.site(),
                "front",
                plain.config(),
                plain.queues(),
                plain.outbound()));
    platform.fleet.activate(platform.fleet.start(served));

    assertThat(text(platform.edge.handle(app, request("/index.html")))).isEqualTo("<h1>shop</h1>");
    assertThat(text(platform.edge.handle(app, request("/any/where"))))
        .startsWith("GET /any/where HTTP/1.1");
  }

  private static GatewayRequest request(String path) {
    return new GatewayRequest("GET", path, "", Map.of(), new byte[0], "127.0.0.1");
  }

  @Test
  void anHttpMethodIsNoRouteAndMustBeListed() {
    assertThat(post("/web/http", "").status()).isEqualTo(502);
    assertThat(get("/hidden/x").status()).isEqualTo(404);
  }

  @Test
  void whatIsNotThereIsEscapedInPages() {
    String page = text(get("/<script>", "Accept", "text/html"));
    assertThat(page).contains("&lt;script>").doesNotContain("<script>");
  }

  private void assertRange(String range, int status, String body, @Nullable String contentRange) {
    GatewayResponse response = get("/a%20b.js", "Range", range);
    assertThat(response.status()).as(range).isEqualTo(status);
    assertThat(text(response)).as(range).isEqualTo(body);
    assertThat(response.headers().first("Content-Range").orElse(null))
        .as(range)
        .isEqualTo(contentRange);
  }

  private GatewayResponse get(String path, String... headers) {
    Map<String, List<String>> map = new HashMap<>();
    for (int i = 0; i < headers.length; i += 2) {
      map.put(headers[i].toLowerCase(Locale.ROOT), List.of(headers[i + 1]));
    }
    return platform.edge.handle(
        platform.app, new GatewayRequest("GET", path, "", map, new byte[0], "127.0.0.1"));
  }

  private GatewayResponse post(String path, String body) {
    return send("POST", path, "", body);
  }

  private GatewayResponse send(String method, String path, String query, String body) {
    return platform.edge.handle(
        platform.app,
        new GatewayRequest(method, path, query, Map.of(), body.getBytes(UTF_8), "127.0.0.1"));
  }

  private static void assertHeader(GatewayResponse response, String name, String value) {
    assertThat(response.headers().all(name)).containsExactly(value);
  }

  private static String text(GatewayResponse response) {
    return new String(response.body(), UTF_8);
  }
}
