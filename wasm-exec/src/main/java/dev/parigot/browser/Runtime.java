package dev.parigot.browser;

import dev.parigot.gateway.OwnFiles;
import dev.parigot.wasm.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is not the app's own: the runtime, which is the same for every app, and the page and the
 * service worker that begin it.
 */
final class Runtime {
  static final String SERVICE_WORKER = "parigot-sw.js";
  private static final String RESOURCES = "runtime/";
  private static final int DIGITS = 16;

  /** What is loaded by itself: the page's code, that of its panel, and the worker's. */
  private static final List<String> ENTRIES = List.of("shell.js", "panel/panel.js", "worker.js");

  private static final List<String> ASSETS = List.of("icon.svg", "shell.css");

  private Runtime() {}

  /**
   * By their paths in the export.
   *
   * @param app the path of the app's description there
   * @param program that of the module that is run; null if there are several
   * @param outbound the hosts that the app may reach: browsers keep the policy that says so with
   *     the runtime, which so has another path where that is another
   */
  static Map<String, byte[]> files(
      String app, @Nullable String program, String name, List<String> outbound) {
    Map<String, byte[]> runtime = new TreeMap<>();
    bundles().forEach((file, bundle) -> runtime.put(file, bytes(bundle.text())));
    ASSETS.forEach(file -> runtime.put(file, resource(file)));
    runtime.put("client.js", bytes(trimmed(new String(OwnFiles.client(), StandardCharsets.UTF_8))));
    String folder = BrowserApp.FOLDER + "runtime-" + digest(runtime, outbound) + "/";
    Map<String, byte[]> files = new TreeMap<>();
    runtime.forEach((file, content) -> files.put(folder + file, content));
    String list =
        files.keySet().stream().map(path -> "'" + path + "'").collect(Collectors.joining(", "));
    files.put(
        SERVICE_WORKER,
        filled("service-worker.js", Map.of("'@app@'", "'" + app + "'", "'@runtime@'", list)));
    files.put(
        BrowserApp.PAGE,
        filled(
            "page.html",
            Map.of(
                "@policy@",
                Policy.OF_THE_PAGE,
                "@app@",
                app,
                "@runtime@",
                folder,
                "@name@",
                escaped(name),
                "@program@",
                program == null ? "" : program.substring(program.lastIndexOf('/') + 1),
                "@preloads@",
                preloads(app, program))));
    return files;
  }

  /** By the names of their files. */
  static Map<String, Bundle> bundles() {
    return bundles(ENTRIES);
  }

  static Map<String, Bundle> bundles(List<String> entries) {
    Map<String, Bundle> bundles = new TreeMap<>();
    entries.forEach(entry -> bundles.put(entry, Bundle.of(entry, Runtime::text)));
    return bundles;
  }

  /** What the page's code will ask for, on its way while that code is. */
  private static String preloads(String app, @Nullable String program) {
    return Stream.of(app, program)
        .filter(Objects::nonNull)
        .map(file -> "<link rel=\"preload\" as=\"fetch\" crossorigin href=\"" + file + "\">")
        .collect(Collectors.joining("\n"));
  }

  private static String digest(Map<String, byte[]> files, List<String> outbound) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    outbound.forEach(host -> all.writeBytes(bytes(host + '\n')));
    files.forEach((name, content) -> {
      all.writeBytes((name + '\n' + content.length + '\n').getBytes(StandardCharsets.UTF_8));
      all.writeBytes(content);
    });
    String digest = Bytes.of(all.toByteArray()).digest();
    return digest.substring(digest.indexOf(':') + 1).substring(0, DIGITS);
  }

  private static byte[] filled(String template, Map<String, String> values) {
    String text = text(template);
    for (Map.Entry<String, String> each : values.entrySet()) {
      text = text.replace(each.getKey(), each.getValue());
    }
    return bytes(text);
  }

  /** A source without what only its readers need: see {@link #trimmed}. */
  static String text(String file) {
    return trimmed(new String(resource(file), StandardCharsets.UTF_8));
  }

  /**
   * Without the comments on lines of their own, which are a third of it, and without indentation. A
   * template literal is left as it is.
   */
  private static String trimmed(String source) {
    StringBuilder kept = new StringBuilder();
    boolean inComment = false;
    boolean inTemplate = false;
    for (String line : source.lines().toList()) {
      String text = line.strip();
      boolean begins = text.startsWith("/**") && text.indexOf("*/") < 0;
      boolean whole = text.startsWith("//") || text.startsWith("/**") && text.endsWith("*/");
      if (inTemplate) {
        kept.append(line).append('\n');
      } else if (!inComment && !begins && !whole) {
        kept.append(text).append('\n');
      }
      if (!inComment && !begins && !whole) {
        inTemplate ^= text.chars().filter(each -> each == '`').count() % 2 == 1;
      }
      inComment = !inTemplate && (begins || inComment && !text.endsWith("*/"));
    }
    return kept.toString();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }

  private static byte[] resource(String file) {
    try (InputStream in = Runtime.class.getResourceAsStream(RESOURCES + file)) {
      return Objects.requireNonNull(in, file).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
