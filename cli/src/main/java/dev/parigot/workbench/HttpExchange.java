package dev.parigot.workbench;

import dev.parigot.engine.Limits;
import dev.parigot.http.Headers;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Sends requests to HTTP servers, and waits on the calling thread. */
final class HttpExchange {
  /** What the client says itself. */
  private static final Set<String> ITS_OWN =
      Set.of("connection", "content-length", "expect", "host", "upgrade", "transfer-encoding");

  /** Made when first needed: it takes as long as a fifth of the start. */
  private static final class Client {
    static final HttpClient CLIENT =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    private Client() {}
  }

  /** What came of a request. */
  sealed interface Answer {
    /** At most one byte more than a message of the ABI may have. */
    record Response(int status, Headers headers, byte[] body) implements Answer {}

    record Late() implements Answer {}

    record Unreachable(String why) implements Answer {}
  }

  Answer send(String method, URI url, Headers headers, byte[] body, long nanos) {
    if (nanos <= 0) {
      return new Answer.Late();
    }
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url)
            .timeout(Duration.ofNanos(nanos))
            .method(
                method,
                body.length == 0
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(body));
    for (Headers.Field field : headers.withoutHopByHop().fields()) {
      if (!ITS_OWN.contains(field.name().toLowerCase(Locale.ROOT))) {
        request.header(field.name(), field.value());
      }
    }
    try {
      return read(Client.CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofInputStream()));
    } catch (HttpTimeoutException e) {
      return new Answer.Late();
    } catch (ConnectException e) {
      return new Answer.Unreachable("no connection to " + url.getAuthority());
    } catch (IOException e) {
      return new Answer.Unreachable(String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Answer.Unreachable("it was interrupted");
    }
  }

  private static Answer read(HttpResponse<InputStream> response) throws IOException {
    List<Headers.Field> fields = new ArrayList<>();
    response
        .headers()
        .map()
        .forEach(
            (name, values) -> values.forEach(value -> fields.add(new Headers.Field(name, value))));
    try (InputStream in = response.body()) {
      return new Answer.Response(
          response.statusCode(),
          new Headers(fields).withoutHopByHop(),
          in.readNBytes(Limits.MESSAGE_BYTES + 1));
    }
  }
}
