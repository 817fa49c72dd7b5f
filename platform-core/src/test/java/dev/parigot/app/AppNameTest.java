package dev.parigot.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.parigot.problem.Problem;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AppNameTest {
  @ParameterizedTest
  @ValueSource(strings = {"ab", "shop", "my-shop-2", "abcdefghijklmnopqrstuvwxyz01234"})
  void namesOneDnsLabel(String name) {
    assertThat(AppName.of(name)).hasToString(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "Shop",
        "1shop",
        "-shop",
        "shop-",
        "my--shop",
        "my.shop",
        "shöp",
        "shop\n",
        "abcdefghijklmnopqrstuvwxyz012345"
      })
  void refusesWhatIsNoName(String name) {
    assertRefused(name, "app-name-invalid");
  }

  @ParameterizedTest
  @CsvSource({"demo", "www", "api", "git", "console", "admin", "parigot"})
  void refusesThePlatformsOwnNames(String name) {
    assertRefused(name, "app-name-reserved");
  }

  private static void assertRefused(String name, String type) {
    assertThatExceptionOfType(Problem.class)
        .isThrownBy(() -> AppName.of(name))
        .returns(400, Problem::status)
        .returns(type, Problem::type);
  }
}
