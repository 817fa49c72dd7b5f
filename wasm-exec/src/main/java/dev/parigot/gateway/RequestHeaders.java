package dev.parigot.gateway;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reads headers of a request. */
public final class RequestHeaders {
  private RequestHeaders() {}

  /** The first line of that name, in lower case, if there is one. */
  public static Optional<String> first(GatewayRequest request, String name) {
    return request.headers().getOrDefault(name, List.of()).stream().findFirst();
  }

  /** Whether the header lists this entity tag, or all; a weak tag counts as the strong one. */
  public static boolean listsTag(GatewayRequest request, String name, String etag) {
    return request.headers().getOrDefault(name, List.of()).stream()
        .flatMap(line -> Arrays.stream(line.split(",")))
        .map(String::strip)
        .map(tag -> tag.startsWith("W/") ? tag.substring(2) : tag)
        .anyMatch(tag -> tag.equals("*") || tag.equals(etag));
  }

  /** Whether the answer may be compressed. */
  public static boolean takesGzip(GatewayRequest request) {
    return first(request, "accept-encoding").stream()
        .flatMap(line -> Arrays.stream(line.split(",")))
        .map(String::strip)
        .anyMatch(coding -> coding.equals("gzip") || coding.startsWith("gzip;"));
  }

  /** Whether a person reads the answer in a browser. */
  public static boolean wantsHtml(GatewayRequest request) {
    return first(request, "accept").filter(accept -> accept.contains("text/html")).isPresent();
  }
}
