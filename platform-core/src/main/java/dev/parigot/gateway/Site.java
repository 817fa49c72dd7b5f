package dev.parigot.gateway;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.parigot.http.Headers;
import dev.parigot.release.Artifacts;
import dev.parigot.release.Release;
import java.util.Arrays;
import java.util.Optional;

/** Serves the files of a release's site. Files up to 4 MiB are kept in memory, 64 MiB in all. */
final class Site {
  private static final long CACHE_BYTES = 64L << 20;
  private static final long CACHED_FILE_BYTES = 4L << 20;
  private static final String ALLOW = "GET, HEAD, OPTIONS";

  private final Artifacts artifacts;
  private final Cache<String, byte[]> cache =
      Caffeine.newBuilder()
          .maximumWeight(CACHE_BYTES)
          .weigher((String digest, byte[] content) -> content.length)
          .executor(Runnable::run)
          .build();

  Site(Artifacts artifacts) {
    this.artifacts = artifacts;
  }

  /** The answer, if there is a file, or a folder with an {@code index.html}. */
  Optional<GatewayResponse> answer(Release release, Gateway.Target target, GatewayRequest request) {
    String path = target.file();
    if (target.folder()) {
      path = path.isEmpty() ? "index.html" : path + "/index.html";
    } else if (release.site().containsKey(path + "/index.html")) {
      return Optional.of(Answers.redirect(request.withSlash()));
    }
    Release.SiteFile file = release.site().get(path);
    return file == null ? Optional.empty() : Optional.of(answer(path, file, request));
  }

  private GatewayResponse answer(String path, Release.SiteFile file, GatewayRequest request) {
    boolean get = request.method().equals("GET");
    if (!get && !request.method().equals("HEAD")) {
      return Answers.otherMethod(request, ALLOW, "A file of the site is read by GET.");
    }
    String etag = '"' + file.digest().substring(file.digest().indexOf(':') + 1) + '"';
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

  private static GatewayResponse head(Release.SiteFile file, Headers headers) {
    return new GatewayResponse(
        200, headers.and("Content-Length", Long.toString(file.size())), new byte[0]);
  }

  private GatewayResponse content(
      Release.SiteFile file, String etag, Headers headers, GatewayRequest request) {
    byte[] content = read(file);
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

  private byte[] read(Release.SiteFile file) {
    return file.size() > CACHED_FILE_BYTES
        ? artifacts.get(file.digest())
        : cache.get(file.digest(), artifacts::get);
  }
}
