package dev.parigot.debug;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FramesTest {
  @Test
  void whatIsWrittenIsReadBack() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Frames.write(out, utf8("{\"text\":\"é\"}"));
    Frames.write(out, utf8(""));
    InputStream in = new ByteArrayInputStream(out.toByteArray());

    assertThat(Frames.read(in)).isEqualTo(utf8("{\"text\":\"é\"}"));
    assertThat(Frames.read(in)).isEmpty();
    assertThat(Frames.read(in)).isNull();
  }

  @Test
  void otherHeadersAndBareLineEndsAreRead() throws IOException {
    assertThat(read("Content-Type: json\ncontent-length:2\n\n{}")).isEqualTo(utf8("{}"));
  }

  @Test
  void aMessageThatBreaksOffIsTheEnd() throws IOException {
    assertThat(read("Content-Length: 5\r\n\r\n{}")).isNull();
    assertThat(read("Content-Le")).isNull();
  }

  @Test
  void whatIsNoMessageIsRefusedBeforeAnyRoomIsTakenForIt() {
    assertThatThrownBy(() -> read("Content-Length: 99999999999\r\n\r\n"))
        .hasMessageContaining("99999999999");
    assertThatThrownBy(() -> read("Content-Length: -1\r\n\r\n")).hasMessageContaining("-1");
    assertThatThrownBy(() -> read("x".repeat(5000))).hasMessageContaining("no debugger");
  }

  private static byte @Nullable [] read(String stream) throws IOException {
    return Frames.read(new ByteArrayInputStream(utf8(stream)));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
