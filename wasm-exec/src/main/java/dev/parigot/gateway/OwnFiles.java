package dev.parigot.gateway;

import dev.parigot.http.Headers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;

/** What the platform has for the pages of every app, under the app's own address. */
public final class OwnFiles {
  /** No service and no file of a site is ever found under it. */
  public static final String FOLDER = "/_parigot/";

  private static final String SCRIPT = "client.js";
  private static final byte[] CLIENT = read();
  private static final byte[] COMPRESSED = compressed(CLIENT);

  /** Looked at again after a minute, and not sent again if it is the same. */
  private static final String AGE = "public, max-age=60";

  private OwnFiles() {}

  /** The client for the app's pages, an ES module. */
  public static byte[] client() {
    return CLIENT.clone();
  }

  static GatewayResponse answer(Routes routes, GatewayRequest request) {
    return switch (request.path().substring(FOLDER.length())) {
      case SCRIPT -> script(request);
      case "client.d.ts" ->
          file(request, "text/plain; charset=utf-8", utf8(ClientTypes.of(routes)));
      default ->
          Answers.notFound(
              request,
              "There is nothing at " + request.path(),
              "This part of an app's address is the platform's.",
              List.of("/_parigot/client.js", "/_parigot/client.d.ts", "/_parigot/channels/NAME"));
    };
  }

  private static GatewayResponse script(GatewayRequest request) {
    boolean compressed = RequestHeaders.takesGzip(request);
    GatewayResponse answer =
        file(request, "text/javascript; charset=utf-8", compressed ? COMPRESSED : CLIENT)
            .with("Vary", "Accept-Encoding");
    return compressed && answer.status() == 200 ? answer.with("Content-Encoding", "gzip") : answer;
  }

  private static GatewayResponse file(GatewayRequest request, String type, byte[] content) {
    if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
      return Answers.otherMethod(request, "GET, HEAD, OPTIONS", "This is a file.");
    }
    String etag = "\"" + Integer.toHexString(Arrays.hashCode(content)) + "\"";
    boolean known = RequestHeaders.listsTag(request, "if-none-match", etag);
    Headers headers =
        Headers.of("Cache-Control", AGE, "ETag", etag, "X-Content-Type-Options", "nosniff");
    return known
        ? new GatewayResponse(304, headers, new byte[0])
        : new GatewayResponse(200, headers.with("Content-Type", type), content);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] compressed(byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static byte[] read() {
    try (InputStream in = OwnFiles.class.getResourceAsStream(SCRIPT)) {
      return Objects.requireNonNull(in, SCRIPT).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
