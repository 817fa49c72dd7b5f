package dev.parigot.web.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.time.ZoneOffset;
import java.util.Objects;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;

/** One of the console's scripts, loaded outside of a browser. */
final class ConsoleScript implements AutoCloseable {
  private final Context context =
      Context.newBuilder("js")
          .allowExperimentalOptions(true)
          .option("js.esm-eval-returns-exports", "true")
          .option("engine.WarnInterpreterOnly", "false")
          .timeZone(ZoneOffset.UTC)
          .build();
  private final Value exports;

  ConsoleScript(String file) {
    URL url =
        Objects.requireNonNull(
            ConsoleScript.class.getResource("/META-INF/resources/console/" + file));
    try {
      exports =
          context.eval(
              Source.newBuilder("js", url).mimeType("application/javascript+module").build());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Calls an exported function with arguments written as JavaScript; answers its result as JSON.
   */
  String call(String function, String... arguments) {
    Value called = exports.getMember(function);
    Value invoke =
        context.eval("js", "(f => JSON.stringify(f(" + String.join(", ", arguments) + ")))");
    return invoke.execute(called).asString();
  }

  @Override
  public void close() {
    context.close();
  }
}
