package dev.parigot.web.console.services;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class AnswerTest {
  @Test
  void jsonIsIndented() {
    assertThat(Answer.text(utf8("{\"a\":[1,2]}"))).contains("\"a\" : [").contains("\n");
  }

  @Test
  void otherTextIsLeftAlone() {
    assertThat(Answer.text(utf8("grüß dich"))).isEqualTo("grüß dich");
    assertThat(Answer.text(utf8("{not json"))).isEqualTo("{not json");
    assertThat(Answer.text(utf8("42"))).isEqualTo("42");
  }

  @Test
  void bytesAreShownInHexadecimal() {
    assertThat(Answer.text(new byte[] {(byte) 0xff, 0, 16})).isEqualTo("ff 00 10");
  }

  @Test
  void manyBytesAreCut() {
    byte[] many = new byte[600];
    many[0] = (byte) 0xff;
    assertThat(Answer.text(many)).endsWith("… 88 more bytes");
  }

  @Test
  void longTextIsCut() {
    assertThat(Answer.text(utf8("x".repeat(16 * 1024 + 5)))).endsWith("… 5 more characters");
  }

  @Test
  void nothingIsSaidToBeNothing() {
    assertThat(Answer.text(new byte[0])).isEqualTo("(empty)");
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
