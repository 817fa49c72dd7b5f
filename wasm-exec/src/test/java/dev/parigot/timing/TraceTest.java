package dev.parigot.timing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TraceTest {
  private static Trace trace(long seed, String point) {
    return new Trace(
        "cart_test.test_two",
        seed,
        "417: " + point,
        point,
        Map.of("cart", "sha256:00"),
        List.of(
            new Choice.Switch(point, "b: " + point), new Choice.Strike(Fault.DUPLICATE, point)));
  }

  private static Trace read(String file) throws Trace.Unreadable {
    return Trace.read(file.getBytes(StandardCharsets.UTF_8));
  }

  @Property(tries = 200)
  void whatIsWrittenIsReadBack(@ForAll long seed, @ForAll String point) throws Trace.Unreadable {
    String text = new String(point.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    assertThat(read(trace(seed, text).json())).isEqualTo(trace(seed, text));
  }

  @Property(tries = 500)
  void anyOtherFileIsRefused(@ForAll byte[] file) {
    assertThatThrownBy(() -> Trace.read(file)).isInstanceOf(Trace.Unreadable.class);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 'its \"seed\" is no number'",
    "delivers, 'there is no fault \"delivers\"'",
    "test, '\"test\" is missing in it, or no text'"
  })
  void whatIsMissingIsNamed(String damage, String told) {
    String whole = trace(1, "a").json();
    String damaged =
        switch (damage) {
          case "1" -> whole.replace(": 1,", ": \"one\",");
          case "delivers" -> whole.replace("duplicate", "delivers");
          default -> whole.replace("\"test\"", "\"tests\"");
        };

    assertThatThrownBy(() -> read(damaged)).isInstanceOf(Trace.Unreadable.class).hasMessage(told);
  }

  @Test
  void itIsOneChoiceALine() {
    assertThat(trace(7, "a").json().lines())
        .contains(
            "  \"seed\" : 7,", "    \"instead of\" : \"a\",", "    \"fault\" : \"duplicate\",");
  }
}
