package dev.parigot.web.console.part;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MeasureTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0 µs",
    "870000, 870 µs",
    "999499, 999 µs",
    "999500, 1.0 ms",
    "9940000, 9.9 ms",
    "9950000, 10 ms",
    "999400000, 999 ms",
    "999600000, 1.0 s",
    "10000000000, 10.0 s",
    "120000000000, 120 s"
  })
  void durations(long nanos, String words) {
    assertThat(Measure.duration(nanos)).isEqualTo(words);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 B",
    "1023, 1023 B",
    "1024, 1 KiB",
    "13516, 13.2 KiB",
    "67108864, 64 MiB",
    "1048575, 1 MiB",
    "3221225472, 3 GiB",
    "4398046511104, 4096 GiB"
  })
  void sizes(long bytes, String words) {
    assertThat(Measure.bytes(bytes)).isEqualTo(words);
  }

  @Test
  void counts() {
    assertThat(Measure.counted(1, "call")).isEqualTo("1 call");
    assertThat(Measure.counted(12_345, "call")).isEqualTo("12,345 calls");
  }
}
