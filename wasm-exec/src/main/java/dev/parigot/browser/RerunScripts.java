package dev.parigot.browser;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The code that runs a {@link Rerun} in a browser. It is no part of a demo's runtime, of which it
 * uses the imports.
 *
 * @param page an ES module that exports {@code Rerun}
 * @param worker a script for the worker of an instance
 */
public record RerunScripts(String page, String worker) {
  private static final String PAGE = "rerun/rerun.js";
  private static final String WORKER = "rerun/worker.js";

  static Map<String, Bundle> bundles() {
    return Runtime.bundles(List.of(PAGE, WORKER));
  }

  public static RerunScripts load() {
    Map<String, Bundle> bundles = bundles();
    return new RerunScripts(
        Objects.requireNonNull(bundles.get(PAGE)).text(),
        Objects.requireNonNull(bundles.get(WORKER)).text());
  }
}
