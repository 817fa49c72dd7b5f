package dev.parigot.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AppNamesTest {
  @ParameterizedTest
  @ValueSource(strings = {"ab", "tea-shop", "a1", "abcdefghijklmnopqrstuvwxyz-1234", "demo"})
  void keepsTheRule(String name) {
    assertThat(AppNames.isValid(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "Tea",
        "1a",
        "-a",
        "a-",
        "a--b",
        "a_b",
        "abcdefghijklmnopqrstuvwxyz-12345"
      })
  void breaksTheRule(String name) {
    assertThat(AppNames.isValid(name)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "Tea Shop, tea-shop",
    "tea_shop, tea-shop",
    "tea--shop-, tea-shop",
    "9lives, lives",
    "demo, my-demo",
    "abcdefghijklmnopqrstuvwxyz-123--5, abcdefghijklmnopqrstuvwxyz-123",
  })
  void theNearestNameKeepsTheRule(String text, String near) {
    assertThat(AppNames.nearest(text)).contains(near);
    assertThat(AppNames.isValid(near)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "7", "t", "茶館"})
  void someTextIsNearToNoName(String text) {
    assertThat(AppNames.nearest(text)).isEmpty();
  }
}
