package dev.parigot.web.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LogFilterTest {
  private static final ConsoleScript FILTER = new ConsoleScript("log-filter.js");
  private static final String LINE = "{service: 'cart', level: 'WARN', message: 'Slow answer'}";

  @AfterAll
  static void close() {
    FILTER.close();
  }

  @ParameterizedTest
  @CsvSource({
    "'', TRACE, '', true",
    "cart, WARN, slow, true",
    "stock, TRACE, '', false",
    "'', ERROR, '', false",
    "'', TRACE, fast, false"
  })
  void aLineMustMatchServiceLevelAndText(
      String service, String level, String text, boolean matches) {
    String filter = "{service: '%s', level: '%s', text: '%s'}".formatted(service, level, text);
    assertThat(FILTER.call("matches", LINE, filter)).isEqualTo(Boolean.toString(matches));
  }
}
