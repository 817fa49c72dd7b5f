package dev.parigot.workbench;

import dev.parigot.gateway.Answers;
import dev.parigot.gateway.GatewayRequest;
import dev.parigot.gateway.GatewayResponse;
import dev.parigot.gateway.RequestHeaders;
import dev.parigot.source.SourceLine;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntSupplier;

/**
 * Tells what went wrong to whoever asked: a page in a browser, which comes back by itself once
 * another version of the app runs, else a text.
 */
final class Failures {
  private static final String PAGE = resource("failure.html");

  private final IntSupplier state;

  /**
   * @param state a number that changes whenever the page has something new to say
   */
  Failures(IntSupplier state) {
    this.state = state;
  }

  /**
   * @param before what went wrong on the way, in the calls that the failed one made
   * @param excerpts of the sources that it happened in
   */
  GatewayResponse answer(
      GatewayRequest request, int status, Mishap failed, List<Mishap> before, Excerpts excerpts) {
    if (!RequestHeaders.wantsHtml(request)) {
      List<String> texts = new ArrayList<>(List.of(failed.text()));
      before.forEach(each -> texts.add("before that: " + each.text()));
      return Answers.text(status, String.join("\n", texts) + "\n");
    }
    StringBuilder body = new StringBuilder(section(failed, excerpts));
    for (Mishap each : before.reversed()) {
      body.append("<h2>Before that: ").append(escaped(each.title())).append("</h2>\n");
      body.append(section(each, excerpts));
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

  private static String section(Mishap mishap, Excerpts excerpts) {
    List<String> lines = mishap.reason().lines().toList();
    if (lines.isEmpty()) {
      return "";
    }
    StringBuilder html = new StringBuilder("<p class=\"reason\">");
    html.append(escaped(lines.getFirst())).append("</p>\n");
    if (lines.size() > 1) {
      html.append("<ol>\n");
      boolean opened = false;
      for (String line : lines.subList(1, lines.size())) {
        Frame frame = Frame.of(line);
        Optional<Excerpts.Excerpt> excerpt = excerpts.around(frame, mishap.service());
        html.append(frame(frame, excerpt, !opened));
        opened |= excerpt.isPresent();
      }
      html.append("</ol>\n");
    }
    return html.toString();
  }

  /** A frame, which can be unfolded where its source is at hand. */
  private static String frame(Frame frame, Optional<Excerpts.Excerpt> excerpt, boolean open) {
    SourceLine place = frame.place();
    String told =
        "<code>"
            + escaped(frame.function())
            + "</code>"
            + (place == null ? "" : " <span class=\"where\">" + escaped(place + "") + "</span>")
            + escaped(frame.more());
    return excerpt
        .map(each ->
            "<li><details"
                + (open ? " open" : "")
                + "><summary>"
                + told
                + "</summary>\n"
                + lines(each)
                + "</details></li>\n")
        .orElse("<li>" + told + "</li>\n");
  }

  private static String lines(Excerpts.Excerpt excerpt) {
    StringBuilder html = new StringBuilder("<pre>");
    int width = String.valueOf(excerpt.first() + excerpt.lines().size() - 1).length();
    int number = excerpt.first();
    for (String line : excerpt.lines()) {
      html.append(number == excerpt.here() ? "<span class=\"here\">" : "<span>")
          .append(("%" + width + "d  ").formatted(number))
          .append(escaped(line))
          .append("</span>");
      number++;
    }
    return html.append("</pre>\n").toString();
  }

  private GatewayResponse page(GatewayRequest request, int status, String title, String body) {
    boolean get = request.method().equals("GET");
    String page =
        PAGE.replace("{title}", escaped(title))
            .replace("{request}", escaped(request.method() + " " + request.path()))
            .replace("{state}", Integer.toString(state.getAsInt()))
            .replace("{reload}", Boolean.toString(get))
            .replace("{then}", get ? " It comes back by itself once the app has changed." : "")
            .replace("{body}", body);
    return Answers.text(status, page).with("Content-Type", "text/html; charset=utf-8");
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  private static String resource(String name) {
    try (InputStream in = Failures.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
