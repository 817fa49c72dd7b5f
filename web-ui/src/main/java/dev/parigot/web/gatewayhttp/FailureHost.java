package dev.parigot.web.gatewayhttp;

import dev.parigot.artifact.Digest;
import dev.parigot.gate.Picture;
import dev.parigot.gate.SharedFailures;
import dev.parigot.gateway.Answers;
import dev.parigot.gateway.GatewayRequest;
import dev.parigot.gateway.GatewayResponse;
import dev.parigot.http.Headers;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/**
 * Shows a failure to whoever has its address, on an origin of its own: one page that needs nothing
 * else, and can be saved as it is.
 */
public final class FailureHost {
  private static final String SCRIPTS = "/META-INF/resources/console/";

  /** The page has all of it in one script. */
  private static final Pattern IMPORT = Pattern.compile("(?m)^import .*;$");

  private static final String SHOW =
      """

      const data = document.getElementById('data').textContent;
      document.querySelector('parigot-failure').picture = JSON.parse(data);
      """;

  private static final String STYLE =
      """
      :root { color-scheme: light dark; }
      body { font-family: system-ui, sans-serif; margin: 0; background: light-dark(#f7f8fa, #14161b); color: light-dark(#181b20, #eceff4); }
      main { max-width: 1360px; margin: 0 auto; padding: 22px 28px 48px; }
      .from { margin: 0 0 20px; color: light-dark(#555d6b, #a9b0bd); font-size: 14px; }
      code { font-family: ui-monospace, Menlo, Consolas, monospace; overflow-wrap: anywhere; }
      @media (max-width: 600px) { main { padding: 14px; } }
      """;

  private static final String PAGE =
      """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="robots" content="noindex">
      <title>%s</title>
      <style>%s</style>
      </head>
      <body>
      <main>
      <h1 class="from">A test that failed: <code>%s</code></h1>
      <parigot-failure><p>%s</p><p>%s</p></parigot-failure>
      <p class="from">With the app at hand: <code>parigot %s . --filter %s</code></p>
      </main>
      <script type="application/json" id="data">%s</script>
      <script type="module">%s</script>
      </body>
      </html>
      """;

  private final SharedFailures failures;
  private final JsonMapper json = JsonMapper.builder().build();
  private final String script;
  private final String policy;

  public FailureHost(SharedFailures failures) {
    this.failures = failures;
    this.script =
        script("failure-story.js")
            + IMPORT.matcher(script("failure-picture.js")).replaceAll("")
            + SHOW;
    this.policy =
        "default-src 'none'; script-src '%s'; style-src '%s'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
            .formatted(hash(script), hash(STYLE));
  }

  /** Whether a label of the demos' origins is one of a failure. */
  static boolean isFor(String label) {
    return SharedFailures.isLabel(label);
  }

  GatewayResponse answer(String label, GatewayRequest request) {
    Optional<Picture> picture =
        request.path().equals("/") ? failures.find(label) : Optional.empty();
    GatewayResponse answer =
        picture
            .map(this::page)
            .orElseGet(() ->
                Answers.page(
                    request,
                    404,
                    "There is nothing here",
                    "The address is not whole, or whoever shared the failure has revoked it.",
                    List.of()));
    return request.method().equals("HEAD")
        ? new GatewayResponse(answer.status(), answer.headers(), new byte[0])
        : answer;
  }

  private GatewayResponse page(Picture picture) {
    String test = escaped(picture.test());
    String page =
        PAGE.formatted(
            escaped(picture.sentence()),
            STYLE,
            test,
            escaped(picture.sentence()),
            escaped(picture.failure()),
            picture.passing() == null ? "test" : "timing",
            test,
            // A string of JSON means the same with it escaped, and no element ends in it.
            json.writeValueAsString(picture).replace("<", "\\u003c"),
            script);
    return new GatewayResponse(
        200,
        Headers.of(
            "Content-Type",
            "text/html; charset=utf-8",
            "Content-Security-Policy",
            policy,
            "X-Content-Type-Options",
            "nosniff",
            "Referrer-Policy",
            "no-referrer",
            "X-Robots-Tag",
            "noindex",
            "Cache-Control",
            "no-cache"),
        page.getBytes(StandardCharsets.UTF_8));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }

  private static String script(String name) {
    try (InputStream in =
        Objects.requireNonNull(FailureHost.class.getResourceAsStream(SCRIPTS + name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String hash(String text) {
    String hex = Digest.sha256(text.getBytes(StandardCharsets.UTF_8)).hex();
    return "sha256-" + Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex));
  }
}
