package dev.parigot.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealTest {
  private static final byte[] SECRET = "a key".getBytes(StandardCharsets.UTF_8);

  private final SecureRandom random = new SecureRandom();

  @TempDir private Path folder;

  @Test
  void whatWasSealedIsOpenedByTheSameFileForTheSamePurposeOnly() throws Exception {
    Path file = folder.resolve("keys/seal.key");
    String sealed = Seal.in(file, random).close("certificate 1", SECRET);

    assertThat(sealed).doesNotContain("a key");
    assertThat(Seal.in(file, random).open("certificate 1", sealed)).isEqualTo(SECRET);
    assertThatIllegalStateException()
        .isThrownBy(() -> Seal.in(file, random).open("certificate 2", sealed));
    assertThatIllegalStateException()
        .isThrownBy(() -> Seal.in(folder.resolve("other"), random).open("certificate 1", sealed))
        .withMessageContaining("another key");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void theSameSecretLooksDifferentEachTime() {
    Seal seal = Seal.in(folder.resolve("seal.key"), random);
    assertThat(seal.close("x", SECRET)).isNotEqualTo(seal.close("x", SECRET));
  }

  @Test
  void aFileThatIsNoKeyIsRefused() throws Exception {
    Path file = Files.writeString(folder.resolve("seal.key"), "short");
    assertThatIllegalStateException()
        .isThrownBy(() -> Seal.in(file, random))
        .withMessageContaining("5 bytes");
  }
}
