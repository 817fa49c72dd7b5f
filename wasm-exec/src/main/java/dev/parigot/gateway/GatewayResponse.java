package dev.parigot.gateway;

import dev.parigot.http.Headers;

/**
 * An HTTP response. {@code body} is what is sent, a range already cut out; empty for HEAD, whose
 * Content-Length is in the headers.
 */
public record GatewayResponse(int status, Headers headers, byte[] body) {
  /** With this value as the only one of its name. */
  public GatewayResponse with(String name, String value) {
    return new GatewayResponse(status, headers.with(name, value), body);
  }
}
