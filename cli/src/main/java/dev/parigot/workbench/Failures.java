package dev.parigot.workbench;

import dev.parigot.gateway.Answers;
import dev.parigot.gateway.GatewayRequest;
import dev.parigot.gateway.GatewayResponse;
import dev.parigot.gateway.RequestHeaders;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.IntSupplier;

/**
 * Tells what went wrong to whoever asked: a page in a browser, which comes back by itself once
 * another version of the app runs, else a text.
 */
final class Failures {
  private static final String PAGE = resource("failure.html");
  private static final String FRAME = "  at ";

  private final IntSupplier state;

  /**
   * @param state a number that changes whenever the page has something new to say
   */
  Failures(IntSupplier state) {
    this.state = state;
  }

  /**
   * @param before what went wrong on the way, in the calls that the failed one made
   */
  GatewayResponse answer(GatewayRequest request, int status, Mishap failed, List<Mishap> before) {
    if (!RequestHeaders.wantsHtml(request)) {
      List<String> texts = new ArrayList<>(List.of(failed.text()));
      before.forEach(each -> texts.add("before that: " + each.text()));
      return Answers.text(status, String.join("\n", texts) + "\n");
    }
    StringBuilder body = new StringBuilder(section(failed));
    for (Mishap each : before.reversed()) {
      body.append("<h2>Before that: ").append(escaped(each.title())).append("</h2>\n");
      body.append(section(each));
    }
    return page(request, status, failed.title(), body.toString());
  }

  GatewayResponse answer(GatewayRequest request, int status, Trouble trouble) {
    return RequestHeaders.wantsHtml(request)
        ? page(
            request,
            status,
            trouble.title(),
            "<pre class=\"details\">" + escaped(trouble.details().strip()) + "</pre>\n")
        : Answers.text(status, trouble.title() + "\n" + trouble.details().strip() + "\n");
  }

  private static String section(Mishap mishap) {
    List<String> lines = mishap.reason().lines().toList();
    if (lines.isEmpty()) {
      return "";
    }
    StringBuilder html = new StringBuilder("<p class=\"reason\">");
    html.append(escaped(lines.getFirst())).append("</p>\n");
    List<String> rest = lines.subList(1, lines.size());
    if (!rest.isEmpty()) {
      html.append("<ol>\n");
      rest.forEach(line -> html.append(frame(line)));
      html.append("</ol>\n");
    }
    return html.toString();
  }

  private static String frame(String line) {
    String name = line.startsWith(FRAME) ? line.substring(FRAME.length()) : line.strip();
    return "<li><code>" + escaped(name) + "</code></li>\n";
  }

  private GatewayResponse page(GatewayRequest request, int status, String title, String body) {
    String page =
        PAGE.replace("{title}", escaped(title))
            .replace("{request}", escaped(request.method() + " " + request.path()))
            .replace("{state}", Integer.toString(state.getAsInt()))
            .replace("{reload}", Boolean.toString(request.method().equals("GET")))
            .replace("{body}", body);
    return Answers.text(status, page).with("Content-Type", "text/html; charset=utf-8");
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }

  private static String resource(String name) {
    try (InputStream in = Failures.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
