package dev.parigot.outbound;

import dev.parigot.engine.Limits;
import dev.parigot.http.Headers;
import dev.parigot.http.HttpResponse;
import dev.parigot.situation.Destination;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;

/** One request and its response. */
final class Exchange {
  private final HttpUriRequestBase request;

  Exchange(Destination destination) {
    request = new HttpUriRequestBase(destination.request().method(), destination.url());
    for (Headers.Field field : destination.request().headers().without("Host").fields()) {
      request.addHeader(field.name(), field.value());
    }
    byte[] body = destination.request().body();
    if (body.length > 0) {
      request.setEntity(new ByteArrayEntity(body, null));
    }
  }

  /** A response is larger than a guest may get. */
  static final class TooLarge extends IOException {
    TooLarge() {
      super("more than " + Limits.MESSAGE_BYTES + " bytes");
    }
  }

  byte[] run(CloseableHttpClient client) throws IOException {
    return client.execute(request, this::read);
  }

  /** Ends it, wherever it is, and its connection with it. Does nothing to one that has ended. */
  void cancel() {
    request.cancel();
  }

  private byte[] read(ClassicHttpResponse response) throws IOException {
    List<Headers.Field> fields = new ArrayList<>();
    for (Header header : response.getHeaders()) {
      fields.add(new Headers.Field(header.getName(), header.getValue()));
    }
    byte[] message =
        new HttpResponse(
                response.getCode(),
                new Headers(fields).withoutHopByHop(),
                body(response.getEntity()))
            .bytes();
    return within(message);
  }

  private byte[] body(HttpEntity entity) throws IOException {
    if (entity == null) {
      return new byte[0];
    }
    try (InputStream in = entity.getContent()) {
      return within(in.readNBytes(Limits.MESSAGE_BYTES + 1));
    }
  }

  private byte[] within(byte[] bytes) throws TooLarge {
    if (bytes.length > Limits.MESSAGE_BYTES) {
      // First of all, as closing a connection's stream reads it to its end.
      cancel();
      throw new TooLarge();
    }
    return bytes;
  }
}
