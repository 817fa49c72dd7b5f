package dev.parigot.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DigestTest {
  /** The example of FIPS 180-2, appendix B.1. */
  private static final String ABC =
      "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @Test
  void namesBytesByTheirSha256() {
    byte[] abc = "abc".getBytes(StandardCharsets.US_ASCII);
    assertThat(Digest.sha256(abc)).hasToString(ABC);
  }

  @Test
  void readsWhatItWrites() {
    assertThat(Digest.of(ABC)).hasToString(ABC);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "sha256:",
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        "sha256:BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD",
        "sha256:../../etc/passwd",
        "sha512:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
      })
  void refusesWhatIsNoDigest(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Digest.of(text));
  }
}
