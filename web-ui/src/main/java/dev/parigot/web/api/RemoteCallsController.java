package dev.parigot.web.api;

import dev.parigot.app.App;
import dev.parigot.app.Apps;
import dev.parigot.engine.CallOutcome;
import dev.parigot.fleet.Origin;
import dev.parigot.remote.RemoteCalls;
import dev.parigot.web.security.SignedIn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.constraints.Min;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/apps/{app}/services/{service}/methods/{method}")
@Tag(name = "Services")
class RemoteCallsController {
  static final String ERROR = "Parigot-Error";

  private final Apps apps;
  private final RemoteCalls calls;

  RemoteCallsController(Apps apps, RemoteCalls calls) {
    this.apps = apps;
    this.calls = calls;
  }

  @PostMapping(produces = MediaType.ALL_VALUE)
  @Operation(
      summary = "Call a method of a live service, public or private",
      description =
          "The body is the request, of 10 MiB at most, and the answer the response: bytes, whatever their type is called. An error of the method, or of a service that failed, has its code in the header `Parigot-Error` and its text as text/plain; what the platform refuses before has none, and is a problem. A method `http` and a command get a whole HTTP/1.1 request and answer a whole response, or what a CGI program writes. Each call is a line in the app's log; an account may make 50 a second of an app unless the operator says otherwise.",
      requestBody =
          @io.swagger.v3.oas.annotations.parameters.RequestBody(
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_OCTET_STREAM_VALUE,
                      schema = @Schema(type = "string", format = "binary"))),
      responses =
          @ApiResponse(
              responseCode = "200",
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_OCTET_STREAM_VALUE,
                      schema = @Schema(type = "string", format = "binary"))))
  ResponseEntity<byte[]> call(
      @PathVariable("app") String name,
      @PathVariable String service,
      @PathVariable String method,
      @RequestHeader(name = "Parigot-Timeout", required = false)
          @Parameter(
              description =
                  "Milliseconds that the caller waits: the call has no more, whatever the service's timeout.")
          @Min(1)
          @Nullable Long timeout,
      @RequestHeader(name = "Parigot-Caller", required = false)
          @Parameter(description = "The service of the app that calls.")
          @Nullable String caller,
      @RequestHeader(name = "traceparent", required = false)
          @Parameter(description = "The W3C trace context that the call goes on with.")
          @Nullable String traceparent,
      @Parameter(hidden = true) HttpServletRequest request,
      @AuthenticationPrincipal SignedIn who)
      throws IOException {
    App app = apps.require(who.account().id(), name);
    Origin origin =
        new Origin(
            caller,
            timeout == null ? Long.MAX_VALUE : TimeUnit.MILLISECONDS.toNanos(timeout),
            traceparent != null && Origin.isTraceparent(traceparent) ? traceparent : null,
            null);
    byte[] body = request.getInputStream().readAllBytes();
    return answer(service, calls.call(who.account(), app, service, method, body, origin));
  }

  private static ResponseEntity<byte[]> answer(String service, CallOutcome outcome) {
    return switch (outcome) {
      case CallOutcome.Returned(byte[] response) ->
          ResponseEntity.ok().contentType(MediaType.APPLICATION_OCTET_STREAM).body(response);
      case CallOutcome.Failed(int code, String message, boolean _) -> failed(code, message);
      case CallOutcome.Trapped(String reason) ->
          failed(outcome.code(), service + " trapped: " + reason);
      case CallOutcome.LimitReached(CallOutcome.Limit limit) ->
          failed(
              outcome.code(),
              service
                  + (limit == CallOutcome.Limit.TIME ? " took too long." : " ran out of memory."));
    };
  }

  private static ResponseEntity<byte[]> failed(int code, String text) {
    int status =
        code >= 400 && code <= 599 ? code : Integer.compareUnsigned(code, 1000) >= 0 ? 422 : 500;
    return ResponseEntity.status(status)
        .header(ERROR, Integer.toUnsignedString(code))
        .contentType(new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8))
        .body(text.getBytes(StandardCharsets.UTF_8));
  }
}
