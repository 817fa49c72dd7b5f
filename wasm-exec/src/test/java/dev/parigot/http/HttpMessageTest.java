package dev.parigot.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpMessageTest {
  @Test
  void aRequestIsWrittenWithItsLengthAndReadBack() {
    HttpRequest request =
        new HttpRequest(
            "PUT", "/a%20b?c=d", Headers.of("Host", "x", "X-A", "1", "x-a", "2"), bytes("body"));
    assertThat(text(request.bytes()))
        .isEqualTo(
            "PUT /a%20b?c=d HTTP/1.1\r\nHost: x\r\nX-A: 1\r\nx-a: 2\r\nContent-Length: 4\r\n\r\n"
                + "body");
    HttpRequest read = HttpRequest.read(request.bytes());
    assertThat(read.path()).isEqualTo("/a%20b");
    assertThat(read.query()).isEqualTo("c=d");
    assertThat(read.headers()).isEqualTo(request.headers());
    assertThat(read.body()).isEqualTo(request.body());
  }

  @Property
  void whateverIsWrittenIsReadBack(@ForAll("responses") HttpResponse response) {
    HttpResponse read = HttpResponse.read(response.bytes(), "GET");
    assertThat(read.status()).isEqualTo(response.status());
    assertThat(read.headers()).isEqualTo(response.headers());
    assertThat(read.body()).isEqualTo(response.body());
  }

  @Provide
  Arbitrary<HttpResponse> responses() {
    Arbitrary<String> name = Arbitraries.strings().withChars("abcXYZ019-_!").ofMinLength(1);
    Arbitrary<String> value =
        Arbitraries.strings().withCharRange(' ', '~').withCharRange('\u00a1', '\u00ff');
    Arbitrary<Headers> headers =
        Combinators.combine(name.map(each -> "X-" + each), value.map(String::strip))
            .as(Headers.Field::new)
            .list()
            .ofMaxSize(5)
            .map(Headers::new);
    return Combinators.combine(
            Arbitraries.integers().between(200, 599).filter(each -> each != 204 && each != 304),
            headers,
            Arbitraries.bytes().array(byte[].class))
        .as(HttpResponse::new);
  }

  /** What the guest wrote is foreign: it is a response, or it is refused, and nothing else. */
  @Property
  void anyBytesAreAResponseOrRefused(@ForAll("foreign") String message) {
    try {
      assertThat(HttpResponse.read(bytes(message), "GET").status()).isBetween(200, 599);
    } catch (MalformedMessage e) {
      assertThat(e.reason()).isNotEmpty();
    }
    try {
      assertThat(Cgi.read(bytes(message), "GET")).isNotNull();
    } catch (MalformedMessage e) {
      assertThat(e.reason()).isNotEmpty();
    }
  }

  @Provide
  Arbitrary<String> foreign() {
    return Arbitraries.of(
            "HTTP/1.1 200 OK",
            "HTTP/1.1",
            " ",
            "\r\n",
            "\n",
            "\r",
            ":",
            "Content-Length: 2",
            "Transfer-Encoding: chunked",
            "Status: 404",
            "Location: /a",
            "5\r\nhello\r\n",
            "0",
            "\0",
            "ü",
            "X",
            "ffffffff",
            "-1")
        .list()
        .ofMaxSize(12)
        .map(parts -> String.join("", parts));
  }

  @Test
  void aResponseWithoutALengthGoesOnToItsEnd() {
    HttpResponse response = response("HTTP/1.1 200 OK\r\nA: b\r\n\r\nall\r\nof it");
    assertThat(text(response.body())).isEqualTo("all\r\nof it");
    assertThat(response.headers()).isEqualTo(Headers.of("A", "b"));
  }

  @Test
  void linesMayEndWithALineFeedAlone() {
    assertThat(response("HTTP/1.0 404\nA: b\n\nx").status()).isEqualTo(404);
  }

  @Test
  void chunksArePutTogether() {
    HttpResponse response =
        response(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 99\r\n\r\n"
                + "5;x=y\r\nhello\r\nA\r\n, world!!!\r\n0\r\nTrailer: t\r\n\r\n");
    assertThat(text(response.body())).isEqualTo("hello, world!!!");
    assertThat(response.headers()).isEqualTo(Headers.NONE);
  }

  @Test
  void whatMeansTheConnectionIsTakenOut() {
    assertThat(
            response(
                    "HTTP/1.1 200 OK\r\nConnection: close, X-Hop\r\nx-hop: 1\r\nKeep-Alive: 5\r\n"
                        + "Set-Cookie: a\r\nSet-Cookie: b\r\n\r\n")
                .headers()
                .fields())
        .extracting(Headers.Field::value)
        .containsExactly("a", "b");
  }

  @Test
  void anAnswerToHeadHasALengthAndNoBody() {
    HttpResponse response =
        HttpResponse.read(bytes("HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n"), "HEAD");
    assertThat(response.headers().all("content-length")).isEqualTo(List.of("7"));
    assertThat(response.body()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hello",
        "HTTP/1.1 200 OK",
        "HTTP/1.1 200 OK\r\n",
        "HTTP/1.1 200 OK\r\nA: b",
        "HTTP/1.1 200 OK\r\nA: b\r\n",
        "HTTP/2 200 OK\r\n\r\n",
        "HTTP/1.1 99 Low\r\n\r\n",
        "HTTP/1.1 100 Continue\r\n\r\n",
        "HTTP/1.1 600 High\r\n\r\n",
        "HTTP/1.1 2x0 No\r\n\r\n",
        "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
        "HTTP/1.1 200 OK\r\nA : space\r\n\r\n",
        "HTTP/1.1 200 OK\r\nA: b\r\n folded\r\n\r\n",
        "HTTP/1.1 200 OK\r\nA: \0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nA: b\rC: d\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nab",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nab",
        "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\na",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\nx",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhel\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nmore",
        "HTTP/1.1 204 No\r\n\r\nbody"
      })
  void whatIsNoResponseIsRefused(String message) {
    assertThatThrownBy(() -> response(message)).isInstanceOf(MalformedMessage.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /\r\n\r\n",
        "GET  / HTTP/1.1\r\n\r\n",
        "G T / HTTP/1.1\r\n\r\n",
        "GET /\u00fc HTTP/1.1\r\n\r\n",
        "GET / HTTP/3\r\n\r\n",
        "GET / HTTP/1.1\r\n\r\nbody of no length"
      })
  void whatIsNoRequestIsRefused(String message) {
    assertThatThrownBy(() -> HttpRequest.read(bytes(message))).isInstanceOf(MalformedMessage.class);
  }

  private static HttpResponse response(String message) {
    return HttpResponse.read(bytes(message), "GET");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, ISO_8859_1);
  }
}
