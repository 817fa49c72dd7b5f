package dev.parigot.workbench;

import dev.parigot.contract.Contract;
import dev.parigot.contract.Method;
import dev.parigot.engine.CallOutcome;
import dev.parigot.engine.Limits;
import dev.parigot.gateway.Routes;
import dev.parigot.http.Headers;
import dev.parigot.situation.Call;
import dev.parigot.situation.Time;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A service that the platform calls for whoever holds an access token, be it public or not. */
record SignedInRemote(Elsewhere.SignedIn where, HttpExchange http, Time time) implements Remote {
  private static final long PATIENCE_NANOS = 5_000_000_000L;

  /** Where the methods of each service are listed; an app has 200 services at most. */
  private static final String LISTING = "/services?limit=100&after=";

  @Override
  public CallOutcome call(Call call, byte[] request) {
    long left = call.deadlineNanos() - time.monotonicNanos();
    List<Headers.Field> fields = new ArrayList<>(authorization());
    fields.add(new Headers.Field("Content-Type", "application/octet-stream"));
    fields.add(new Headers.Field("traceparent", call.traceparent()));
    fields.add(
        new Headers.Field(
            "Parigot-Timeout", Long.toString(Math.max(1, TimeUnit.NANOSECONDS.toMillis(left)))));
    if (call.caller() != null) {
      fields.add(new Headers.Field("Parigot-Caller", call.caller()));
    }
    URI url = URI.create(where.api() + "/services/" + call.service() + "/methods/" + call.method());
    return switch (http.send("POST", url, new Headers(fields), request, left)) {
      case HttpExchange.Answer.Response(int status, Headers headers, byte[] body) ->
          outcome(call, status, headers, body);
      case HttpExchange.Answer.Late _ ->
          new CallOutcome.Failed(408, named(call) + " did not answer in time");
      case HttpExchange.Answer.Unreachable(String why) ->
          new CallOutcome.Failed(503, named(call) + " can't be reached: " + why);
    };
  }

  private CallOutcome outcome(Call call, int status, Headers headers, byte[] body) {
    if (status == 200) {
      return body.length > Limits.MESSAGE_BYTES
          ? new CallOutcome.Failed(413, "The response of " + call.service() + " is over 10 MiB")
          : new CallOutcome.Returned(body);
    }
    return Remote.error(headers)
        .map(code -> new CallOutcome.Failed(code, new String(body, StandardCharsets.UTF_8)))
        .orElseGet(() ->
            new CallOutcome.Failed(
                status >= 400 && status <= 599 ? status : 502,
                named(call) + " can't be called: " + refusal(status, body)));
  }

  private String named(Call call) {
    return call.service() + " at " + where.app();
  }

  @Override
  public Optional<String> lacks(String service, Contract contract) {
    String next = "";
    do {
      String url = where.api() + LISTING + next;
      HttpExchange.Answer answer =
          http.send(
              "GET", URI.create(url), new Headers(authorization()), new byte[0], PATIENCE_NANOS);
      switch (answer) {
        case HttpExchange.Answer.Response(int status, Headers _, byte[] body) -> {
          Optional<JsonNode> part = status == 200 ? json(body) : Optional.empty();
          if (part.isEmpty()) {
            return Optional.of(
                service + " is to be called at " + where.app() + ": " + refusal(status, body));
          }
          Optional<JsonNode> found =
              part.get()
                  .path("items")
                  .valueStream()
                  .filter(each -> each.path("name").asString("").equals(service))
                  .findFirst();
          if (found.isPresent()) {
            return missing(service, contract, found.get());
          }
          next = part.get().path("next").asString("");
        }
        case HttpExchange.Answer.Late _ -> {
          return Optional.of(
              service + " is to be called at " + where.app() + ", which does not answer");
        }
        case HttpExchange.Answer.Unreachable(String why) -> {
          return Optional.of(
              service + " is to be called at " + where.app() + ", which can't be reached: " + why);
        }
      }
    } while (!next.isEmpty());
    return Optional.of(where.app() + " has no service " + service);
  }

  private Optional<String> missing(String service, Contract contract, JsonNode deployed) {
    Set<String> there = new HashSet<>();
    deployed.path("methods").forEach(method -> there.add(method.asString()));
    List<String> missing =
        methods(contract).stream().filter(method -> !there.contains(method)).toList();
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "%s at %s has no method %s: deploy it, or run it here"
                .formatted(service, where.app(), String.join(", ", missing)));
  }

  private static List<String> methods(Contract contract) {
    return contract.kind() == Contract.Kind.COMMAND
        ? List.of(Routes.HTTP)
        : contract.methods().stream().map(Method::name).toList();
  }

  private List<Headers.Field> authorization() {
    return List.of(new Headers.Field("Authorization", "Bearer " + where.token()));
  }

  /** Why the platform did not make a call, as it tells it. */
  private String refusal(int status, byte[] body) {
    if (status == 401) {
      return "the platform does not take your access token any more; log in again (parigot login)";
    }
    return json(body)
        .filter(problem -> problem.path("detail").isString())
        .map(problem ->
            (problem.path("detail").asString() + " " + problem.path("next").asString("")).strip())
        .orElse("the platform answered with status " + status);
  }

  private static Optional<JsonNode> json(byte[] body) {
    try {
      return Optional.of(JsonMapper.shared().readTree(body));
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }
}
