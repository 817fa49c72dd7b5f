package dev.parigot.web.openid;

import dev.parigot.app.AppId;
import dev.parigot.http.Headers;
import dev.parigot.http.HttpRequest;
import dev.parigot.http.HttpResponse;
import dev.parigot.http.MalformedMessage;
import dev.parigot.outbound.OutboundHttp;
import dev.parigot.situation.Refused;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.AbstractClientHttpRequest;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.ClientHttpResponse;

/**
 * Sends the requests of Spring's clients as an app's own go out: to addresses that the operator
 * allows, over the app's connections, following no redirects.
 */
record OutboundRequests(OutboundHttp outbound, AppId app) implements ClientHttpRequestFactory {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @Override
  public ClientHttpRequest createRequest(URI uri, HttpMethod method) {
    return new Request(uri, method);
  }

  private final class Request extends AbstractClientHttpRequest {
    private final URI uri;
    private final HttpMethod method;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    Request(URI uri, HttpMethod method) {
      this.uri = uri;
      this.method = method;
    }

    @Override
    public HttpMethod getMethod() {
      return method;
    }

    @Override
    public URI getURI() {
      return uri;
    }

    @Override
    protected OutputStream getBodyInternal(HttpHeaders headers) {
      return body;
    }

    @Override
    protected ClientHttpResponse executeInternal(HttpHeaders headers) throws IOException {
      List<Headers.Field> fields = new ArrayList<>();
      headers.forEach(
          (name, values) -> values.forEach(value -> fields.add(new Headers.Field(name, value))));
      HttpRequest request =
          new HttpRequest(
              method.name(),
              uri.toString(),
              new Headers(fields).without("Content-Length"),
              body.toByteArray());
      String host = String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT);
      try {
        byte[] message = outbound.send(app, List.of(host), request.bytes(), PATIENCE.toNanos());
        return new Response(HttpResponse.read(message, method.name()));
      } catch (Refused refused) {
        throw new IOException(refused.message(), refused);
      } catch (MalformedMessage malformed) {
        throw new IOException(host + " answered no HTTP", malformed);
      }
    }
  }

  private record Response(HttpResponse message) implements ClientHttpResponse {
    @Override
    public HttpStatusCode getStatusCode() {
      return HttpStatusCode.valueOf(message.status());
    }

    @Override
    public String getStatusText() {
      return "";
    }

    @Override
    public HttpHeaders getHeaders() {
      HttpHeaders headers = new HttpHeaders();
      message.headers().fields().forEach(field -> headers.add(field.name(), field.value()));
      return headers;
    }

    @Override
    public InputStream getBody() {
      return new ByteArrayInputStream(message.body());
    }

    @Override
    public void close() {
      // It is read whole.
    }
  }
}
