package dev.parigot.gateway;

import dev.parigot.http.Headers;
import java.util.Arrays;
import java.util.Optional;

/** Serves the files of a site. */
final class Site {
  private static final String ALLOW = "GET, HEAD, OPTIONS";

  private Site() {}

  /** The answer, if there is a file, or a folder with an {@code index.html}. */
  static Optional<GatewayResponse> answer(
      Served app, Gateway.Target target, GatewayRequest request) {
    String path = target.file();
    if (target.folder()) {
      path = path.isEmpty() ? "index.html" : path + "/index.html";
    } else if (app.hasFile(path + "/index.html")) {
      return Optional.of(Answers.redirect(request.withSlash()));
    }
    String found = path;
    return app.file(path).map(file -> answer(found, file, request));
  }

  private static GatewayResponse answer(String path, SiteFile file, GatewayRequest request) {
    boolean get = request.method().equals("GET");
    if (!get && !request.method().equals("HEAD")) {
      return Answers.otherMethod(request, ALLOW, "A file of the site is read by GET.");
    }
    String etag = '"' + file.tag() + '"';
    Headers headers = Headers.of("ETag", etag, "Cache-Control", "no-cache");
    if (RequestHeaders.listsTag(request, "if-none-match", etag)) {
      return new GatewayResponse(304, headers, new byte[0]);
    }
    Headers whole =
        headers
            .and("Content-Type", MediaTypes.of(path))
            .and("Accept-Ranges", "bytes")
            .and("X-Content-Type-Options", "nosniff");
    return get ? content(file, etag, whole, request) : head(file, whole);
  }

  private static GatewayResponse head(SiteFile file, Headers headers) {
    return new GatewayResponse(
        200, headers.and("Content-Length", Long.toString(file.size())), new byte[0]);
  }

  private static GatewayResponse content(
      SiteFile file, String etag, Headers headers, GatewayRequest request) {
    byte[] content = file.content();
    return switch (asked(request, etag, content.length)) {
      case ByteRange.Asked.Everything _ -> new GatewayResponse(200, headers, content);
      case ByteRange.Asked.Unsatisfiable _ ->
          new GatewayResponse(
              416, Headers.of("Content-Range", "bytes */" + content.length), new byte[0]);
      case ByteRange.Asked.Part(ByteRange(long first, long last)) ->
          new GatewayResponse(
              206,
              headers.and("Content-Range", "bytes " + first + "-" + last + "/" + content.length),
              Arrays.copyOfRange(content, (int) first, (int) last + 1));
    };
  }

  private static ByteRange.Asked asked(GatewayRequest request, String etag, long size) {
    Optional<String> range = RequestHeaders.first(request, "range");
    boolean same = RequestHeaders.first(request, "if-range").map(etag::equals).orElse(true);
    return range.isPresent() && same
        ? ByteRange.of(range.get(), size)
        : new ByteRange.Asked.Everything();
  }
}
