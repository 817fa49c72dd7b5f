package dev.parigot.browser;

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

/**
 * What is not the app's own: the runtime, which is the same for every app, and the page and the
 * service worker that begin it.
 */
final class Runtime {
  static final String SERVICE_WORKER = "parigot-sw.js";
  private static final String RESOURCES = "runtime/";
  private static final int DIGITS = 16;

  /** What a page loads at once; what else it loads in its own time. */
  private static final List<String> FIRST =
      List.of(
          "shell.js",
          "bar.js",
          "description.js",
          "element.js",
          "session.js",
          "store.js",
          "supervisor.js");

  private static final List<String> FILES =
      List.of(
          "answers.js",
          "bar.js",
          "call-log.js",
          "cookies.js",
          "description.js",
          "element.js",
          "futures.js",
          "gateway.js",
          "guest.js",
          "host.js",
          "http/cgi.js",
          "http/message.js",
          "imports/async.js",
          "imports/call.js",
          "imports/clock.js",
          "imports/config.js",
          "imports/future.js",
          "imports/http.js",
          "imports/key-value.js",
          "imports/log.js",
          "imports/queue.js",
          "imports/random.js",
          "imports/service.js",
          "imports/test.js",
          "imports/trace.js",
          "imports/wasi.js",
          "instance.js",
          "kernel.js",
          "key-value.js",
          "linker.js",
          "media-types.js",
          "memory.js",
          "numbers.js",
          "outbound.js",
          "outcome.js",
          "packed.js",
          "panel/data.js",
          "panel/log.js",
          "panel/panel.js",
          "panel/queues.js",
          "panel/requests.js",
          "panel/services.js",
          "panel/try.js",
          "program.js",
          "queues.js",
          "routes.js",
          "schedule.js",
          "session.js",
          "shell.css",
          "shell.js",
          "site.js",
          "situation.js",
          "spelling.js",
          "stdio.js",
          "store.js",
          "supervisor.js",
          "tracer.js",
          "worker.js");

  private Runtime() {}

  /** By their paths in the export. {@code app} is the path of the app's description there. */
  static Map<String, byte[]> files(String app, String name) {
    Map<String, byte[]> runtime = new TreeMap<>();
    FILES.forEach(file -> runtime.put(file, bytes(text(file))));
    String folder = BrowserApp.FOLDER + "runtime-" + digest(runtime) + "/";
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
                "@app@",
                app,
                "@runtime@",
                folder,
                "@name@",
                escaped(name),
                "@preloads@",
                preloads(folder))));
    return files;
  }

  private static String preloads(String folder) {
    return FIRST.stream()
        .map(file -> "<link rel=\"modulepreload\" href=\"" + folder + file + "\">")
        .collect(Collectors.joining("\n"));
  }

  private static String digest(Map<String, byte[]> files) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
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

  /** A source without the comments on lines of their own, which are a third of it. */
  private static String text(String file) {
    StringBuilder kept = new StringBuilder();
    boolean inComment = false;
    for (String line : new String(resource(file), StandardCharsets.UTF_8).lines().toList()) {
      String text = line.strip();
      boolean begins = text.startsWith("/**") && text.indexOf("*/") < 0;
      boolean whole = text.startsWith("//") || text.startsWith("/**") && text.endsWith("*/");
      if (!inComment && !begins && !whole) {
        kept.append(line).append('\n');
      }
      inComment = begins || inComment && !text.endsWith("*/");
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
