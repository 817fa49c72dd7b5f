package dev.parigot.web.gatewayhttp;

import dev.parigot.artifact.Digest;
import dev.parigot.browser.Bundle;
import dev.parigot.browser.RerunScripts;
import dev.parigot.gate.SharedFailures;
import dev.parigot.gateway.Answers;
import dev.parigot.gateway.GatewayRequest;
import dev.parigot.gateway.GatewayResponse;
import dev.parigot.http.Headers;
import dev.parigot.picture.Picture;
import dev.parigot.release.Artifacts;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/**
 * Shows a failure to whoever has its address, on an origin of its own: one page that needs nothing
 * else, and can be saved as it is. Below {@code /run/} is what it takes to run the failing test
 * again in that page, which is asked for if a visitor wants to.
 */
public final class FailureHost {
  private static final String SCRIPTS = "/META-INF/resources/console/";

  /** Lets the page share memory with its workers, and nobody else reach it. */
  private static final List<String> ISOLATION =
      List.of(
          "Cross-Origin-Opener-Policy",
          "same-origin",
          "Cross-Origin-Embedder-Policy",
          "require-corp",
          "Cross-Origin-Resource-Policy",
          "same-origin");

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
      <parigot-failure><p>%s</p><p>%s</p>%s</parigot-failure>
      <p class="from">With the app at hand: <code>parigot %s . --filter %s</code></p>
      </main>
      <script type="application/json" id="data">%s</script>
      <script type="module">%s</script>
      </body>
      </html>
      """;

  private static final String RERUN = "<parigot-rerun slot=\"more\"></parigot-rerun>";
  private static final Pattern MODULE = Pattern.compile("([0-9a-f]{64})\\.wasm");
  private static final String RUN = "/run/";

  private final SharedFailures failures;
  private final Artifacts artifacts;
  private final RerunScripts scripts = RerunScripts.load();
  private final JsonMapper json = JsonMapper.builder().build();
  private final String script;
  private final String policy;

  public FailureHost(SharedFailures failures, Artifacts artifacts) {
    this.failures = failures;
    this.artifacts = artifacts;
    this.script = Bundle.of("failure-page.js", FailureHost::source).text();
    this.policy =
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval' '%s'; style-src '%s'; worker-src blob:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
            .formatted(hash(script), hash(STYLE));
  }

  /** Whether a label of the demos' origins is one of a failure. */
  static boolean isFor(String label) {
    return SharedFailures.isLabel(label);
  }

  GatewayResponse answer(String label, GatewayRequest request) {
    String path = request.path();
    Optional<GatewayResponse> found =
        path.equals("/")
            ? failures.find(label).map(picture -> page(label, picture))
            : path.startsWith(RUN) ? part(label, path.substring(RUN.length())) : Optional.empty();
    GatewayResponse answer =
        found.orElseGet(() ->
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

  /** Of what a run in the page takes. */
  private Optional<GatewayResponse> part(String label, String name) {
    Optional<String> rerun = failures.rerun(label);
    if (rerun.isEmpty()) {
      return Optional.empty();
    }
    Matcher module = MODULE.matcher(name);
    if (module.matches()) {
      String digest = "sha256:" + module.group(1);
      return failures.needs(label, digest)
          ? Optional.of(answer("application/wasm", artifacts.get(digest)))
          : Optional.empty();
    }
    return switch (name) {
      case "record.json" -> Optional.of(answer("application/json", bytes(rerun.get())));
      case "page.js" -> Optional.of(answer("text/javascript", bytes(scripts.page())));
      case "worker.js" -> Optional.of(answer("text/javascript", bytes(scripts.worker())));
      default -> Optional.empty();
    };
  }

  private GatewayResponse page(String label, Picture picture) {
    String test = escaped(picture.test());
    String page =
        PAGE.formatted(
            escaped(picture.sentence()),
            STYLE,
            test,
            escaped(picture.sentence()),
            escaped(picture.failure()),
            failures.rerun(label).isPresent() ? RERUN : "",
            picture.passing() == null ? "test" : "timing",
            test,
            // A string of JSON means the same with it escaped, and no element ends in it.
            json.writeValueAsString(picture).replace("<", "\\u003c"),
            script);
    return answer("text/html; charset=utf-8", bytes(page));
  }

  private GatewayResponse answer(String type, byte[] body) {
    List<String> headers = new ArrayList<>(ISOLATION);
    headers.addAll(
        List.of(
            "Content-Type",
            type,
            "Content-Security-Policy",
            policy,
            "X-Content-Type-Options",
            "nosniff",
            "Referrer-Policy",
            "no-referrer",
            "X-Robots-Tag",
            "noindex",
            "Cache-Control",
            "no-store"));
    return new GatewayResponse(200, Headers.of(headers.toArray(String[]::new)), body);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }

  private static String source(String name) {
    try (InputStream in =
        Objects.requireNonNull(FailureHost.class.getResourceAsStream(SCRIPTS + name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String hash(String text) {
    String hex = Digest.sha256(bytes(text)).hex();
    return "sha256-" + Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex));
  }
}
