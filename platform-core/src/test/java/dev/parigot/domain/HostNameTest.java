package dev.parigot.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.parigot.problem.Problem;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostNameTest {
  @Test
  void namesAreInOneSpelling() {
    assertThat(HostName.of(" Shop.Example.ORG. ").value()).isEqualTo("shop.example.org");
    HostName umlaut = HostName.of("Bücher.example");
    assertThat(umlaut.value()).isEqualTo("xn--bcher-kva.example");
    assertThat(umlaut.unicode()).isEqualTo("bücher.example");
    assertThat(HostName.of("xn--bcher-kva.example")).isEqualTo(umlaut);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost",
        "127.0.0.1",
        "[::1]",
        "::1",
        "shop.example.org:8080",
        "https://shop.example.org",
        "shop.example.org/",
        "shop..org",
        ".example.org",
        "-shop.example.org",
        "shop-.example.org",
        "sh op.example.org",
        "_parigot.example.org",
        "*.example.org",
        "shop.example.org\r\nx",
        "a23456789012345678901234567890123456789012345678901234567890abcd.example.org"
      })
  void otherThingsAreNoDomains(String text) {
    assertThatExceptionOfType(Problem.class)
        .isThrownBy(() -> HostName.of(text))
        .returns("domain-invalid", Problem::type);
  }

  @Test
  void aNameUnderADomainIsWithinIt() {
    HostName host = HostName.of("shop.example.org");
    assertThat(host.isWithin("example.org")).isTrue();
    assertThat(host.isWithin("shop.example.org")).isTrue();
    assertThat(host.isWithin("op.example.org")).isFalse();
  }

  @RepeatedTest(5)
  void whateverIsReadIsReadBackTheSame(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    for (int i = 0; i < 2_000; i++) {
      int most = random.nextBoolean() ? 0x7f : 0x3ff;
      String text =
          random
              .ints(1 + random.nextInt(4), 0x20, most)
              .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
              .toString();
      HostName.find(text + ".example.org")
          .ifPresent(host -> {
            assertThat(HostName.of(host.value())).isEqualTo(host);
            assertThat(host.value()).matches("[a-z0-9.-]+");
          });
    }
  }
}
