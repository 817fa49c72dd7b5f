package dev.parigot.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

class OwnFilesTest {
  @Test
  void theClientIsCompressedForThoseWhoTakeThat() throws IOException {
    GatewayResponse small = answer(Map.of("accept-encoding", List.of("br, gzip;q=0.9")));
    assertThat(small.headers().first("Content-Encoding")).contains("gzip");
    assertThat(small.headers().first("Vary")).contains("Accept-Encoding");
    assertThat(small.body()).hasSizeLessThan(4 << 10);
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(small.body()))) {
      assertThat(in.readAllBytes()).isEqualTo(OwnFiles.client());
    }

    GatewayResponse plain = answer(Map.of());
    assertThat(plain.headers().has("Content-Encoding")).isFalse();
    assertThat(plain.headers().first("Vary")).contains("Accept-Encoding");
    assertThat(plain.body()).isEqualTo(OwnFiles.client());
    assertThat(plain.headers().first("ETag")).isNotEqualTo(small.headers().first("ETag"));
  }

  @Test
  void whoHasTheClientIsNotSentItAgain() {
    String tag =
        answer(Map.of("accept-encoding", List.of("gzip"))).headers().first("ETag").orElseThrow();
    GatewayResponse known =
        answer(Map.of("accept-encoding", List.of("gzip"), "if-none-match", List.of(tag)));
    assertThat(known.status()).isEqualTo(304);
    assertThat(known.body()).isEmpty();
    assertThat(known.headers().has("Content-Encoding")).isFalse();
  }

  private static GatewayResponse answer(Map<String, List<String>> headers) {
    return OwnFiles.answer(
        new Routes(List.of(), null),
        new GatewayRequest("GET", "/_parigot/client.js", "", headers, new byte[0], "127.0.0.1"));
  }
}
