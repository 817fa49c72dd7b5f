package dev.parigot.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Channels of an app on this machine, over HTTP. */
@Timeout(60)
class ListeningTest {
  private static final String MANIFEST =
      """
      [services.telling]
      wasm = "telling.wasm"
      public = true
      """;

  private static final String CHANNEL = "\n[channels.orders]\npublic = true\n";

  @TempDir Path folder;

  @Test
  void whoListensHearsWhatAServicePublishesAndWhatWasMissed() throws Exception {
    LocalRun.write(folder, MANIFEST + CHANNEL, "telling");
    try (LocalRun run = LocalRun.of(folder);
        HttpClient client = HttpClient.newHttpClient()) {
      String last;
      try (BufferedReader lines = listen(client, run, "")) {
        assertThat(run.post("/telling/tell", "{\"sold\": 1}").statusCode()).isEqualTo(200);
        assertThat(next(lines, "data: ")).isEqualTo("{\"sold\": 1}");
        assertThat(run.post("/telling/tell", "{\"sold\": 2}").statusCode()).isEqualTo(200);
        last = next(lines, "id: ");
      }
      assertThat(run.post("/telling/tell", "{\"sold\": 3}").statusCode()).isEqualTo(200);
      try (BufferedReader lines = listen(client, run, last)) {
        assertThat(next(lines, "data: ")).isEqualTo("{\"sold\": 3}");
      }
      assertThat(run.get("/_parigot/client.js").body()).contains("export function channel(");
      assertThat(run.get("/_parigot/client.d.ts").body()).contains("telling: { tell: Method }");
      assertThat(run.get("/_parigot/nothing").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void whatTheManifestDoesNotHaveIsNoChannel() throws Exception {
    LocalRun.write(folder, MANIFEST, "telling");
    try (LocalRun run = LocalRun.of(folder)) {
      assertThat(run.get("/_parigot/channels/orders").statusCode()).isEqualTo(404);
      HttpResponse<String> refused = run.post("/telling/tell", "{}");
      assertThat(refused.statusCode()).isEqualTo(404);
      assertThat(refused.body()).contains("[channels.orders]", "public = true");
    }
  }

  private static BufferedReader listen(HttpClient client, LocalRun run, String last)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(run.url() + "/_parigot/channels/orders"));
    if (!last.isEmpty()) {
      request.header("Last-Event-ID", last);
    }
    var response = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type"))
        .contains("text/event-stream; charset=utf-8");
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    // They are there once the first id has come.
    assertThat(next(lines, "id: ")).isNotEmpty();
    return lines;
  }

  private static String next(BufferedReader lines, String field) throws IOException {
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith(field)) {
        return line.substring(field.length());
      }
    }
    throw new AssertionError("the stream has ended");
  }
}
