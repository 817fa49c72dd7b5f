package dev.parigot.wasm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Whatever is cut off or changed in a module, reading it gives a module or {@link MalformedWasm}.
 */
@Timeout(300)
class CorruptModulesTest {
  @Test
  void everyTruncationIsRefusedOrRead() throws IOException {
    byte[] file = features();
    int refused = 0;
    for (int length = 0; length < file.length; length++) {
      refused += readOrRefuse(Arrays.copyOf(file, length)) ? 0 : 1;
    }

    assertThat(refused).isGreaterThan(file.length * 9 / 10);
  }

  @Test
  void everyChangeOfOneByteIsRefusedOrRead() throws IOException {
    byte[] file = features();
    int refused = 0;
    for (int at = 0; at < file.length; at++) {
      byte[] changed = file.clone();
      for (int value = 0; value < 256; value++) {
        changed[at] = (byte) value;
        refused += readOrRefuse(changed) ? 0 : 1;
      }
    }

    assertThat(refused).isPositive();
  }

  /**
   * Reads and validates; a module must survive its writing, a refusal must have a place in the
   * file.
   */
  static boolean readOrRefuse(byte[] file) {
    WasmModule module;
    try {
      module = WasmReader.read(file);
      WasmValidator.validate(module);
    } catch (MalformedWasm malformed) {
      if (malformed.offset() < 0 || malformed.offset() > file.length) {
        fail("refused outside of the file: " + malformed.getMessage());
      }
      return false;
    }
    WasmModule again = WasmReader.read(WasmWriter.write(module));
    if (!again.equals(module)) {
      fail("written and read again, a module differs: " + Arrays.toString(file));
    }
    return true;
  }

  private static byte[] features() throws IOException {
    try (InputStream in = CorruptModulesTest.class.getResourceAsStream("features.wasm")) {
      return Objects.requireNonNull(in).readAllBytes();
    }
  }
}
