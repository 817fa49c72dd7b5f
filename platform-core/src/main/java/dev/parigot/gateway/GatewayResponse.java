package dev.parigot.gateway;

import java.util.Map;

/**
 * An HTTP response. {@code body} is what is sent, a range already cut out; empty for HEAD, whose
 * Content-Length is in the headers.
 */
public record GatewayResponse(int status, Map<String, String> headers, byte[] body) {}
