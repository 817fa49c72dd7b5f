package dev.parigot.browser;

import java.util.ArrayList;
import java.util.List;

/**
 * The Content-Security-Policy of the runtime: code, styles and everything else come from files of
 * its own origin. The pages of an app are not held to it: they are answered by the service worker,
 * with the headers that the app gives them.
 */
final class Policy {
  /** What the page says of itself, wherever it is served. */
  static final String OF_THE_PAGE =
      "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self';"
          + " connect-src 'self'; worker-src 'self'; frame-src 'self'; base-uri 'none'; form-action"
          + " 'none'";

  private Policy() {}

  /** What a host sends with each file; the worker's says whom the app may ask outside. */
  static String of(List<String> outbound) {
    List<String> connect = new ArrayList<>(List.of("'self'"));
    for (String host : outbound) {
      // Without a port the manifest means any; a source of that kind would mean the scheme's own.
      connect.add(host.contains(":") ? host : host + ":*");
    }
    return OF_THE_PAGE.replace("connect-src 'self'", "connect-src " + String.join(" ", connect))
        + "; frame-ancestors 'none'";
  }
}
