package dev.parigot.channel;

import dev.parigot.gateway.Answers;
import dev.parigot.gateway.GatewayRequest;
import dev.parigot.gateway.GatewayResponse;
import dev.parigot.gateway.RequestHeaders;
import dev.parigot.http.Headers;
import dev.parigot.manifest.Audience;
import dev.parigot.manifest.ChannelRules;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where those come in over HTTP who want to listen: {@code GET /_parigot/channels/<name>}, answered
 * with server-sent events.
 */
public final class ChannelDoor {
  /** What the paths of channels begin with. */
  public static final String PATH = "/_parigot/channels/";

  private final Admission admission;

  public ChannelDoor(Admission admission) {
    this.admission = admission;
  }

  /** Where the channels are that one listens to: see {@link Broadcast#listen}. */
  @FunctionalInterface
  public interface Hall {
    /** Lets somebody listen; empty if too many do. */
    Optional<Listener> listen(String channel, @Nullable String lastEventId);
  }

  /** The answer to a request to listen. */
  public sealed interface Answer {
    /** They may not, or can not. */
    record Refused(GatewayResponse response) implements Answer {}

    /**
     * They listen.
     *
     * @param headers of the response, whose body {@link Listener#copyTo} writes
     */
    record Listening(Headers headers, Listener listener) implements Answer {}
  }

  /**
   * @param request to a path under {@link #PATH}, with its user
   * @param hall where those are let in who may listen
   */
  public Answer answer(GatewayRequest request, ChannelRules rules, Hall hall) {
    String name = request.path().substring(PATH.length());
    Audience audience = rules.audience(name).orElse(Audience.NOBODY);
    Optional<GatewayResponse> refusal = admission.refusal(request, name, audience);
    if (refusal.isPresent()) {
      return new Answer.Refused(refusal.get());
    }
    if (!request.method().equals("GET")) {
      return new Answer.Refused(
          Answers.text(405, "A channel is listened to by GET.").with("Allow", "GET"));
    }
    Optional<Listener> listener = hall.listen(name, lastEventId(request));
    return listener
        .<Answer>map(each -> new Answer.Listening(headers(), each))
        .orElseGet(() ->
            new Answer.Refused(
                Answers.text(429, "Too many listen to channels of this app.")
                    .with("Retry-After", "5")));
  }

  private static Headers headers() {
    return Headers.of(
        "Content-Type",
        "text/event-stream; charset=utf-8",
        "Cache-Control",
        "no-store",
        "X-Accel-Buffering",
        "no",
        "X-Content-Type-Options",
        "nosniff");
  }

  /** Browsers send it when they come again. */
  private static @Nullable String lastEventId(GatewayRequest request) {
    return RequestHeaders.first(request, "last-event-id").orElse(null);
  }
}
