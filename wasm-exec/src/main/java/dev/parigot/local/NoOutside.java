package dev.parigot.local;

import dev.parigot.http.HttpRequest;
import dev.parigot.http.MalformedMessage;
import dev.parigot.situation.Call;
import dev.parigot.situation.Outbound;
import dev.parigot.situation.Refused;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;

/** The outside as tests have it, which must give the same each time: no host can be reached. */
record NoOutside(List<String> allowed) implements Outbound {
  @Override
  public byte[] send(Call caller, byte[] request) {
    String host = host(request);
    if (!allowed.contains(host)) {
      throw new Refused(403, "the manifest does not allow requests to " + host);
    }
    throw new Refused(502, host + " can't be reached: tests run without a network");
  }

  private static String host(byte[] request) {
    try {
      String host = new URI(HttpRequest.read(request).target()).getHost();
      if (host == null) {
        throw new Refused(400, "the target of the request is no absolute URL");
      }
      return host;
    } catch (MalformedMessage e) {
      throw new Refused(400, "the request is no HTTP message: " + e.reason());
    } catch (URISyntaxException e) {
      throw new Refused(400, "the target of the request is no URL: " + e.getReason());
    }
  }
}
