package dev.parigot.channel;

import dev.parigot.gateway.Answers;
import dev.parigot.gateway.GatewayRequest;
import dev.parigot.gateway.GatewayResponse;
import dev.parigot.gateway.RequestHeaders;
import dev.parigot.http.Headers;
import dev.parigot.manifest.Audience;
import dev.parigot.manifest.ChannelRules;
import dev.parigot.situation.User;
import java.util.Optional;
import java.util.function.Supplier;
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
   * @param asked a request to a path under {@link #PATH}, with its user as he is each time: who is
   *     signed in no more, or as somebody else, hears nothing more
   * @param hall where those are let in who may listen
   */
  public Answer answer(Supplier<GatewayRequest> asked, ChannelRules rules, Hall hall) {
    GatewayRequest request = asked.get();
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
    if (audience == Audience.SIGNED_IN) {
      listener.ifPresent(each -> each.admitWhile(() -> isStill(request.user(), asked)));
    }
    return listener
        .<Answer>map(each -> new Answer.Listening(headers(), each))
        .orElseGet(() ->
            new Answer.Refused(
                Answers.text(429, "Too many listen to channels of this app.")
                    .with("Retry-After", "5")));
  }

  /** Whoever can't be asked is let go: he comes again. */
  private static boolean isStill(@Nullable User user, Supplier<GatewayRequest> asked) {
    try {
      User now = asked.get().user();
      return user != null && now != null && user.id().equals(now.id());
    } catch (RuntimeException e) {
      return false;
    }
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
