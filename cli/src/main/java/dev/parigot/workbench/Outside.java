package dev.parigot.workbench;

import dev.parigot.engine.Limits;
import dev.parigot.http.Headers;
import dev.parigot.http.HttpResponse;
import dev.parigot.situation.Call;
import dev.parigot.situation.Destination;
import dev.parigot.situation.Outbound;
import dev.parigot.situation.Refused;
import dev.parigot.situation.Time;
import java.util.List;

/**
 * Sends the requests of services to the hosts that their manifest allows. Unlike a platform, a
 * developer's own machine reaches any address that is allowed, itself included.
 */
record Outside(List<String> allowed, HttpExchange http, Time time) implements Outbound {
  @Override
  public byte[] send(Call caller, byte[] request) {
    Destination destination = Destination.of(request);
    destination.check(allowed);
    HttpExchange.Answer answer =
        http.send(
            destination.request().method(),
            destination.url(),
            destination.request().headers().without("Host"),
            destination.request().body(),
            caller.deadlineNanos() - time.monotonicNanos());
    byte[] response =
        switch (answer) {
          case HttpExchange.Answer.Response(int status, Headers headers, byte[] body) ->
              new HttpResponse(status, headers, body).bytes();
          case HttpExchange.Answer.Late _ ->
              throw new Refused(504, destination.host() + " did not answer in time.");
          case HttpExchange.Answer.Unreachable(String why) ->
              throw new Refused(502, destination.host() + " can't be reached: " + why);
        };
    if (response.length > Limits.MESSAGE_BYTES) {
      throw new Refused(413, "The response of " + destination.host() + " is over 10 MiB.");
    }
    return response;
  }
}
