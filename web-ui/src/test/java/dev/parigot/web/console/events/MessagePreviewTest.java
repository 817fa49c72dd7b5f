package dev.parigot.web.console.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class MessagePreviewTest {
  @Test
  void jsonIsShownInLines() {
    MessagePreview preview = of("{\"tea\":\"oolong\"}");
    assertThat(preview.kind()).isEqualTo("JSON");
    assertThat(preview.text().lines()).hasSize(3).anyMatch(line -> line.contains("\"oolong\""));
  }

  @Test
  void textIsShownAsItIs() {
    assertThat(of("dear Ada,\né")).isEqualTo(new MessagePreview("text", "dear Ada,\né"));
  }

  @Test
  void bytesAreShownInHexadecimal() {
    MessagePreview preview = MessagePreview.of(new byte[] {0, 'A', (byte) 0xff});
    assertThat(preview.kind()).isEqualTo("bytes");
    assertThat(preview.text()).startsWith("000000  00 41 ff ").endsWith(".A.\n");
  }

  @Test
  void aLongOneIsCut() {
    MessagePreview preview = of("x".repeat(MessagePreview.MOST_BYTES + 1));
    assertThat(preview.text()).hasSize(MessagePreview.MOST_BYTES);
  }

  private static MessagePreview of(String text) {
    return MessagePreview.of(text.getBytes(StandardCharsets.UTF_8));
  }
}
