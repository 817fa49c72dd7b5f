package dev.parigot.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FifoTest {
  private static final Fifo BY_CUSTOMER = new Fifo("customer");

  @Test
  void messagesWithTheSameValueHaveTheSameKey() {
    assertThat(key("{\"customer\": \"ada\", \"cups\": 3}"))
        .isPresent()
        .isEqualTo(key("{\"lines\": [{\"customer\": 1}], \"customer\": \"ada\"}"))
        .isNotEqualTo(key("{\"customer\": \"bob\"}"));
  }

  @Test
  void aNumberIsAnotherKeyThanAStringThatReadsAlike() {
    assertThat(key("{\"customer\": 7}")).isPresent().isNotEqualTo(key("{\"customer\": \"7\"}"));
    assertThat(key("{\"customer\": true}"))
        .isPresent()
        .isNotEqualTo(key("{\"customer\": \"true\"}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "customer",
        "{\"customer\": null}",
        "{\"customer\": {}}",
        "{\"customer\": [1]}",
        "{\"other\": 1}",
        "[{\"customer\": 1}]",
        "{\"customer\""
      })
  void whatHasNoValueIsInNoOrder(String message) {
    assertThat(key(message)).isEmpty();
  }

  @Test
  void theWholeQueueCanBeInOneOrder() {
    assertThat(Fifo.WHOLE.key(new byte[] {1})).contains("");
  }

  private static Optional<String> key(String message) {
    return BY_CUSTOMER.key(message.getBytes(StandardCharsets.UTF_8));
  }
}
