package dev.parigot.workbench;

import dev.parigot.contract.Contract;
import dev.parigot.contract.Method;
import dev.parigot.engine.CallOutcome;
import dev.parigot.engine.Limits;
import dev.parigot.gateway.Routes;
import dev.parigot.http.Headers;
import dev.parigot.http.HttpRequest;
import dev.parigot.http.HttpResponse;
import dev.parigot.http.MalformedMessage;
import dev.parigot.situation.Call;
import dev.parigot.situation.Time;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * A service at an address where whatever is public can be called.
 *
 * @param app the app's address there, without a slash at its end
 */
record PublicRemote(String app, HttpExchange http, Time time) implements Remote {
  private static final long PATIENCE_NANOS = 5_000_000_000L;

  @Override
  public CallOutcome call(Call call, byte[] request) {
    return call.method().equals(Routes.HTTP) ? forward(call, request) : post(call, request);
  }

  @Override
  public Optional<String> lacks(String service, Contract contract) {
    List<String> paths =
        contract.methods().stream()
            .map(Method::name)
            .filter(name -> !name.equals(Routes.HTTP))
            .map(name -> "/" + service + "/" + name)
            .toList();
    for (String path : paths.isEmpty() ? List.of("/") : paths) {
      HttpExchange.Answer answer =
          http.send("OPTIONS", URI.create(app + path), Headers.of(), new byte[0], PATIENCE_NANOS);
      switch (answer) {
        case HttpExchange.Answer.Response(int status, Headers _, byte[] _) -> {
          if (status != 404 || paths.isEmpty()) {
            return Optional.empty();
          }
        }
        case HttpExchange.Answer.Late _ -> {
          return Optional.of(service + " is to be called at " + app + ", which does not answer");
        }
        case HttpExchange.Answer.Unreachable(String why) -> {
          return Optional.of(
              service + " is to be called at " + app + ", which can't be reached: " + why);
        }
      }
    }
    return Optional.of(app + " has no service " + service + ", or nothing of it is public there");
  }

  private CallOutcome post(Call call, byte[] request) {
    URI url = URI.create(app + "/" + call.service() + "/" + call.method());
    Headers headers =
        Headers.of("Content-Type", "application/octet-stream", "traceparent", call.traceparent());
    return outcome(call, http.send("POST", url, headers, request, left(call)));
  }

  private CallOutcome outcome(Call call, HttpExchange.Answer answer) {
    return switch (answer) {
      case HttpExchange.Answer.Response(int status, Headers headers, byte[] body) ->
          body.length > Limits.MESSAGE_BYTES
              ? new CallOutcome.Failed(413, "The response of " + call.service() + " is over 10 MiB")
              : status < 300
                  ? new CallOutcome.Returned(body)
                  : failed(call, status, headers, new String(body, StandardCharsets.UTF_8));
      case HttpExchange.Answer.Late _ -> late(call);
      case HttpExchange.Answer.Unreachable(String why) -> unreachable(call, why);
    };
  }

  private CallOutcome failed(Call call, int status, Headers headers, String text) {
    if (status < 400) {
      return new CallOutcome.Failed(502, app + " sends " + call.service() + " on to elsewhere");
    }
    int code = Remote.error(headers).orElse(status);
    String hint = code == 404 ? "\n(" + app + ": only what is public there can be called)" : "";
    return new CallOutcome.Failed(code, text.strip() + hint);
  }

  /** A raw request to a service that speaks HTTP, or to a command, and the raw response. */
  private CallOutcome forward(Call call, byte[] message) {
    HttpRequest request;
    try {
      request = HttpRequest.read(message);
    } catch (MalformedMessage e) {
      return new CallOutcome.Failed(400, "The request is no HTTP message: " + e.reason());
    }
    URI url = URI.create(app + request.target());
    return switch (http.send(
        request.method(), url, request.headers(), request.body(), left(call))) {
      case HttpExchange.Answer.Response(int status, Headers headers, byte[] body) ->
          new CallOutcome.Returned(new HttpResponse(status, headers, body).bytes());
      case HttpExchange.Answer.Late _ -> late(call);
      case HttpExchange.Answer.Unreachable(String why) -> unreachable(call, why);
    };
  }

  private long left(Call call) {
    return call.deadlineNanos() - time.monotonicNanos();
  }

  private CallOutcome late(Call call) {
    return new CallOutcome.Failed(408, call.service() + " at " + app + " did not answer in time");
  }

  private CallOutcome unreachable(Call call, String why) {
    return new CallOutcome.Failed(503, call.service() + " at " + app + " can't be reached: " + why);
  }
}
