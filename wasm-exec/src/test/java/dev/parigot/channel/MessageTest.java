package dev.parigot.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LowerChars;
import net.jqwik.api.constraints.NumericChars;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class MessageTest {
  @Test
  void jsonIsDataAsItIs() {
    assertThat(event("{\"sku\": \"tea\"}")).isEqualTo("id: one.7\ndata: {\"sku\": \"tea\"}\n\n");
  }

  @Test
  void aTextOfSeveralLinesIsAFieldForEach() {
    assertThat(event("a\nb\r\nc\rd"))
        .isEqualTo("id: one.7\ndata: a\ndata: b\ndata: c\ndata: d\n\n");
  }

  @Test
  void anEmptyMessageIsAnEventToo() {
    assertThat(event("")).isEqualTo("id: one.7\ndata: \n\n");
  }

  @Test
  void whatIsNoUtf8IsBase64() {
    assertThat(event(new byte[] {0, (byte) 0xff}))
        .isEqualTo("id: one.7\nevent: base64\ndata: AP8=\n\n");
  }

  @Property
  void aPositionIsReadAsItWasWritten(
      @ForAll @Size(min = 1, max = 20)
          Map<
                  @LowerChars @NumericChars @StringLength(min = 1, max = 16) String,
                  @IntRange(min = 0) Integer>
              numbers) {
    Position position = new Position(Map.of());
    for (var each : numbers.entrySet()) {
      position = position.with(each.getKey(), each.getValue());
    }
    assertThat(Position.of(position.toString())).contains(position);
  }

  @Property
  void whateverABrowserSendsIsAPositionOrNone(@ForAll @AlphaChars String text) {
    Optional<Position> read = Position.of(text);
    read.ifPresent(position -> assertThat(Position.of(position.toString())).isEqualTo(read));
  }

  private static String event(String content) {
    return event(content.getBytes(StandardCharsets.UTF_8));
  }

  private static String event(byte[] content) {
    Position position = new Position(Map.of("one", 7L));
    return new String(
        new Message("one", 7, position, Instant.EPOCH, content).event(), StandardCharsets.UTF_8);
  }
}
