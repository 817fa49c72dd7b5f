package dev.parigot.web.gatewayhttp;

import dev.parigot.app.App;
import dev.parigot.channel.Admission;
import dev.parigot.channel.ChannelDoor;
import dev.parigot.channel.Listener;
import dev.parigot.edge.Edge;
import dev.parigot.fleet.Fleet;
import dev.parigot.gateway.GatewayRequest;
import dev.parigot.gateway.GatewayResponse;
import dev.parigot.http.Headers;
import dev.parigot.manifest.ChannelRules;
import dev.parigot.relay.AppChannels;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;

/**
 * Sends what an app publishes to those who listen at its address. Each has a virtual thread, and
 * none of those of requests, which are few.
 */
public final class ChannelStreams {
  private static final Duration HEARTBEAT = Duration.ofSeconds(15);

  private final Fleet fleet;
  private final Edge edge;
  private final AppChannels channels;
  private final ChannelDoor door;

  public ChannelStreams(Fleet fleet, Edge edge, AppChannels channels, Admission admission) {
    this.fleet = fleet;
    this.edge = edge;
    this.channels = channels;
    this.door = new ChannelDoor(admission);
  }

  /** Ends every stream, so that the server can stop. */
  @EventListener(ContextClosedEvent.class)
  public void close() {
    channels.close();
  }

  /** Whether a path is one of channels. */
  static boolean isFor(String path) {
    return path.startsWith(ChannelDoor.PATH);
  }

  /** Answers a request to listen, which goes on after this. */
  void send(HttpServletRequest request, GatewayRequest read, HttpServletResponse response, App app)
      throws IOException {
    ChannelRules rules =
        fleet
            .active(app.id())
            .map(release -> release.contents().channels())
            .orElse(ChannelRules.NONE);
    // The server gives its own objects to another request before the last listener has gone.
    GatewayRequest kept = read.of(new HashMap<>(read.headers()), null);
    switch (door.answer(
        () -> edge.known(app, kept),
        rules,
        (name, last) -> channels.listen(app.id(), name, last))) {
      case ChannelDoor.Answer.Refused(GatewayResponse refusal) ->
          HostFilter.send(response, refusal);
      case ChannelDoor.Answer.Listening(Headers headers, Listener listener) -> {
        response.setStatus(HttpServletResponse.SC_OK);
        headers.fields().forEach(field -> response.addHeader(field.name(), field.value()));
        LateResponse late = LateResponse.of(request, response);
        Thread.ofVirtual().name("listener").start(() -> copy(listener, late));
      }
    }
  }

  private static void copy(Listener listener, LateResponse late) {
    try (listener;
        late) {
      listener.copyTo(late.body(), HEARTBEAT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException _) {
      // They have gone: whoever listens goes so.
    }
  }
}
