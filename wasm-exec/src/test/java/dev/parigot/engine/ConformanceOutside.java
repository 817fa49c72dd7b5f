package dev.parigot.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parigot.http.HttpRequest;
import dev.parigot.http.MalformedMessage;
import dev.parigot.situation.Call;
import dev.parigot.situation.Outbound;
import dev.parigot.situation.Refused;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;

/** The world outside of the app, as a case scripts it: what is asked, in order, and the answers. */
final class ConformanceOutside implements Outbound {
  private final ConformanceSuite.Outside script;
  private final Deque<ConformanceSuite.Exchange> exchanges;

  ConformanceOutside(ConformanceSuite.Outside script) {
    this.script = script;
    this.exchanges = new ArrayDeque<>(script.exchanges());
  }

  @Override
  public byte[] send(Call caller, byte[] message) {
    HttpRequest request;
    try {
      request = HttpRequest.read(message);
    } catch (MalformedMessage e) {
      throw new Refused(400, e.reason());
    }
    if (!script.allow().contains(host(request.target()))) {
      throw new Refused(403, "the manifest does not allow " + request.target());
    }
    ConformanceSuite.Exchange exchange = exchanges.remove();
    exchange.request().check(request);
    return switch (exchange.fails()) {
      case null -> ConformanceSuite.bytes(exchange.response());
      case "unreachable" -> throw new Refused(502, "unreachable");
      case "late" -> throw new Refused(504, "late");
      default -> throw new IllegalArgumentException(exchange.fails());
    };
  }

  private static String host(String target) {
    String host = target.matches("https?://.*") ? URI.create(target).getHost() : null;
    if (host == null) {
      throw new Refused(400, target + " is no absolute URL");
    }
    return host;
  }

  void assertAllAsked() {
    assertThat(exchanges).as("what was to be asked").isEmpty();
  }
}
