package dev.parigot.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parigot.http.Cgi.Answer;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CgiTest {
  @Test
  void aRequestIsToldInVariables() {
    Map<String, String> variables =
        Cgi.variables(
            new HttpRequest(
                "POST",
                "/wiki/a%20b/%C3%BC?q=1&r",
                Headers.of(
                    "Host",
                    "shop.localhost:8080",
                    "X-Forwarded-For",
                    "192.0.2.7",
                    "Content-Type",
                    "text/plain",
                    "Content-Length",
                    "99",
                    "Accept-Language",
                    "de",
                    "Cookie",
                    "a=1",
                    "Cookie",
                    "b=2",
                    "Accept-Language",
                    "fr"),
                "body".getBytes(UTF_8)),
            "wiki");
    assertThat(variables)
        .containsEntry("GATEWAY_INTERFACE", "CGI/1.1")
        .containsEntry("SERVER_PROTOCOL", "HTTP/1.1")
        .containsEntry("SERVER_NAME", "shop.localhost")
        .containsEntry("SERVER_PORT", "8080")
        .containsEntry("REMOTE_ADDR", "192.0.2.7")
        .containsEntry("REQUEST_METHOD", "POST")
        .containsEntry("SCRIPT_NAME", "/wiki")
        .containsEntry("PATH_INFO", "/a b/ü")
        .containsEntry("QUERY_STRING", "q=1&r")
        .containsEntry("CONTENT_LENGTH", "4")
        .containsEntry("CONTENT_TYPE", "text/plain")
        .containsEntry("HTTP_ACCEPT_LANGUAGE", "de, fr")
        .containsEntry("HTTP_COOKIE", "a=1; b=2")
        .doesNotContainKeys("HTTP_CONTENT_LENGTH", "HTTP_CONTENT_TYPE");
  }

  @Test
  void aCommandThatServesTheSiteHasAnEmptyScriptName() {
    Map<String, String> variables = Cgi.variables(get("/wikipedia"), "wiki");
    assertThat(variables)
        .containsEntry("SCRIPT_NAME", "")
        .containsEntry("PATH_INFO", "/wikipedia")
        .containsEntry("QUERY_STRING", "")
        .containsEntry("SERVER_PORT", "80")
        .doesNotContainKey("CONTENT_LENGTH");
  }

  @Test
  void aClientCannotSetWhatProgramsTakeForTheirProxyOrAnotherHeader() {
    Headers headers = Headers.of("Proxy", "evil", "X_Forwarded_For", "evil", "X-É", "evil");
    assertThat(Cgi.variables(new HttpRequest("GET", "/", headers, new byte[0]), "wiki"))
        .doesNotContainValue("evil");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/%", "/%2", "/%zz", "/%00"})
  void aPathThatCannotBeDecodedIsRefused(String path) {
    assertThatThrownBy(() -> Cgi.variables(get(path), "wiki")).isInstanceOf(MalformedMessage.class);
  }

  @Test
  void aDocumentHasTheStatus200() {
    HttpResponse response = response("Content-Type: text/plain\nX-A: b\n\nhello");
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.headers()).isEqualTo(Headers.of("Content-Type", "text/plain", "X-A", "b"));
    assertThat(new String(response.body(), UTF_8)).isEqualTo("hello");
  }

  @Test
  void aProgramMaySetTheStatus() {
    HttpResponse response = response("Status: 404 Not Found\r\nContent-Type: text/html\r\n\r\n");
    assertThat(response.status()).isEqualTo(404);
    assertThat(response.headers().has("Status")).isFalse();
  }

  @Test
  void anAbsoluteLocationIsARedirect() {
    HttpResponse response = response("Location: https://example.org/\n\n");
    assertThat(response.status()).isEqualTo(302);
    assertThat(response.headers().first("location")).contains("https://example.org/");
    assertThat(response("Location: //example.org/\n\n").status()).isEqualTo(302);
    assertThat(response("Status: 303 See Other\nLocation: /there\n\n").status()).isEqualTo(303);
    assertThat(response("Location: /there\nSet-Cookie: a=b\n\n").status()).isEqualTo(302);
  }

  @Test
  void aLocalLocationAloneIsServedInstead() {
    assertThat(Cgi.read("Location: /there?a=b\n\n".getBytes(UTF_8), "POST"))
        .isEqualTo(new Answer.LocalRedirect("/there?a=b"));
  }

  @Test
  void anAnswerToHeadHasTheLengthOfWhatWasWritten() {
    Answer answer = Cgi.read("Content-Type: text/plain\n\nhello".getBytes(UTF_8), "HEAD");
    HttpResponse response = ((Answer.Response) answer).response();
    assertThat(response.headers().first("Content-Length")).contains("5");
    assertThat(response.body()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hello",
        "Content-Type: text/plain",
        "Content-Type: text/plain\n",
        "\nno headers",
        "no header\n\nbody",
        "HTTP/1.1 200 OK\nA: b\n\n",
        "Status: many\n\n",
        "Status: 100\n\n"
      })
  void whatIsNoCgiOutputIsRefused(String output) {
    assertThatThrownBy(() -> response(output)).isInstanceOf(MalformedMessage.class);
  }

  private static HttpRequest get(String target) {
    return new HttpRequest("GET", target, Headers.NONE, new byte[0]);
  }

  private static HttpResponse response(String output) {
    return ((Answer.Response) Cgi.read(output.getBytes(UTF_8), "GET")).response();
  }
}
