package dev.parigot.channel;

import dev.parigot.gateway.Answers;
import dev.parigot.gateway.GatewayRequest;
import dev.parigot.gateway.GatewayResponse;
import dev.parigot.gateway.SignInPath;
import dev.parigot.manifest.Audience;
import java.util.Optional;

/** Decides whether who sends a request may listen. */
@FunctionalInterface
public interface Admission {
  /** Lets those in whom the manifest lets in. */
  Admission BY_MANIFEST =
      (request, channel, audience) ->
          switch (audience) {
            case EVERYONE -> Optional.empty();
            case SIGNED_IN ->
                request.user() == null
                    ? Optional.of(SignInPath.refused(request))
                    : Optional.empty();
            // As of a private service: it is not told from what does not exist.
            case NOBODY ->
                Optional.of(Answers.text(404, "There is no channel " + channel + " to listen to."));
          };

  /** The answer to who may not listen; empty for who may. */
  Optional<GatewayResponse> refusal(GatewayRequest request, String channel, Audience audience);
}
