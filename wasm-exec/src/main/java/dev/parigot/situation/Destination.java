package dev.parigot.situation;

import dev.parigot.http.HttpRequest;
import dev.parigot.http.MalformedMessage;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Collection;
import java.util.Locale;

/** A request that a guest wants to be sent, read and found to be one. */
public record Destination(HttpRequest request, URI url, String host) {
  private static final int LAST_PORT = 65_535;

  /** {@link Refused} with 400 if the bytes are no request with an absolute URL. */
  public static Destination of(byte[] message) {
    HttpRequest request;
    try {
      request = HttpRequest.read(message);
    } catch (MalformedMessage e) {
      throw new Refused(400, "The request is no HTTP message: " + e.reason());
    }
    URI url = url(request.target());
    String scheme = url.getScheme();
    String host = url.getHost();
    if (scheme == null || host == null || !scheme.toLowerCase(Locale.ROOT).matches("https?")) {
      throw new Refused(
          400, "The request's target is no absolute URL, such as https://api.example.org/path.");
    }
    if (url.getPort() > LAST_PORT) {
      throw new Refused(
          400,
          "The request's URL has the port " + url.getPort() + ": ports end at " + LAST_PORT + ".");
    }
    if (url.getRawUserInfo() != null) {
      throw new Refused(400, "The request's URL has a user in it: use the header Authorization.");
    }
    if (request.method().equals("CONNECT")) {
      throw new Refused(400, "CONNECT is no request to a server.");
    }
    return new Destination(request, url, host.toLowerCase(Locale.ROOT));
  }

  private static URI url(String target) {
    try {
      return new URI(target);
    } catch (URISyntaxException e) {
      throw new Refused(400, "The request's target is no URL: " + e.getReason());
    }
  }

  /** {@link Refused} with 403 unless a manifest allows the host, or the host with that port. */
  public void check(Collection<String> allowed) {
    if (!allowed.contains(host) && !allowed.contains(host + ":" + port())) {
      throw new Refused(
          403, "The manifest doesn't allow requests to " + host + ": see [outbound] allow.");
    }
  }

  private int port() {
    return url.getPort() >= 0 ? url.getPort() : secure() ? 443 : 80;
  }

  private boolean secure() {
    return "https".equalsIgnoreCase(url.getScheme());
  }
}
