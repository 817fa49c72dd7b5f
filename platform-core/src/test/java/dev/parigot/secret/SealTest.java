package dev.parigot.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class SealTest {
  private final SecureRandom random = new SecureRandom();
  private final SealKey key = SealKey.of(SealKey.newText(random));
  private final Seal seal = new Seal(key, List.of(), random);

  @Test
  void whatIsClosedIsReadBackAndNotTold() {
    Seal.Sealed sealed = seal.close("hunter2 é", "config 1 KEY");
    assertThat(sealed.key()).isEqualTo(key.id());
    assertThat(new String(Base64.getDecoder().decode(sealed.text()), StandardCharsets.ISO_8859_1))
        .doesNotContain("hunter2");
    assertThat(seal.open(sealed, "config 1 KEY")).isEqualTo("hunter2 é");
    assertThat(seal.close("hunter2 é", "config 1 KEY")).isNotEqualTo(sealed);
  }

  @Test
  void whatIsMovedOrChangedIsDamaged() {
    Seal.Sealed sealed = seal.close("hunter2", "config 1 KEY");
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> seal.open(sealed, "config 2 KEY"))
        .withMessageContaining("config 2 KEY");
    byte[] bytes = Base64.getDecoder().decode(sealed.text());
    for (int i = 0; i < bytes.length; i++) {
      byte[] other = bytes.clone();
      other[i] ^= 1;
      Seal.Sealed changed =
          new Seal.Sealed(sealed.key(), Base64.getEncoder().encodeToString(other));
      assertThatExceptionOfType(IllegalStateException.class)
          .isThrownBy(() -> seal.open(changed, "config 1 KEY"));
    }
  }

  @Test
  void aFormerKeyReadsWhatItHasClosedAndNothingNew() {
    Seal.Sealed old = seal.close("hunter2", "place");
    Seal next = new Seal(SealKey.of(SealKey.newText(random)), List.of(key), random);
    assertThat(next.open(old, "place")).isEqualTo("hunter2");
    assertThat(next.close("hunter2", "place").key()).isNotEqualTo(key.id());
  }

  @Test
  void whatIsNoKeyIsRefusedWithoutTellingIt() {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> SealKey.of("hunter2 and more"))
        .withMessage("it is no Base64");
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> SealKey.of("aHVudGVyMg=="))
        .withMessage("it has 7 bytes, not 32");
    assertThat(key.toString()).isEqualTo("SealKey[" + key.id() + "]");
  }
}
