package dev.parigot.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Whatever is cut off or changed in a module: it is refused, or it is a module that ends. */
@Timeout(36_000)
class CorruptModulesTest {
  /** Where a number ends or goes on, its signs, and the ends of blocks. */
  private static final int[] TELLING = {0x00, 0x01, 0x0b, 0x40, 0x7f, 0x80, 0xff};

  private static final int LARGE = 64 << 10;

  @Test
  void everyCorruptionOfAModuleWithAllFeatures() throws IOException {
    try (InputStream in = getClass().getResourceAsStream("/dev/parigot/wasm/features.wasm");
        Trial trial = new Trial()) {
      every(Objects.requireNonNull(in).readAllBytes(), trial, 1000);
      System.out.println("Corruptions of features.wasm: " + trial);
    }
  }

  @Test
  void someCorruptionsOfTheExamples() {
    try (Trial trial = new Trial()) {
      for (byte[] file : Trial.modules(Integer.MAX_VALUE)) {
        int places = file.length < LARGE ? 50 : 10;
        int stride = Math.max(1, file.length / places);
        for (int at = stride / 2; at < file.length; at += stride) {
          trial.read(Arrays.copyOf(file, at), 100);
          for (int value : TELLING) {
            trial.read(changed(file, at, value), 100);
          }
        }
      }
      System.out.println("Corruptions of the examples: " + trial);
      assertThat(trial.refused()).isPositive();
      assertThat(trial.accepted()).isPositive();
    }
  }

  /** {@code suite.sh corrupt FILE [STEP]}. */
  @Test
  @EnabledIfSystemProperty(named = "parigot.corrupt", matches = ".+")
  void everyCorruptionOfAFile() throws IOException {
    byte[] file = Files.readAllBytes(Path.of(System.getProperty("parigot.corrupt")));
    long began = System.nanoTime();
    try (Trial trial = new Trial()) {
      every(file, trial, Integer.getInteger("parigot.corrupt.step", 1000));
      long seconds = (System.nanoTime() - began) / 1_000_000_000;
      System.out.println("Corruptions of " + file.length + " bytes: " + trial);
      System.out.println("in " + seconds + " s");
    }
  }

  private static void every(byte[] file, Trial trial, int step) {
    for (int length = 0; length < file.length; length++) {
      trial.read(Arrays.copyOf(file, length), step);
    }
    assertThat(trial.refused()).isGreaterThan(file.length * 9 / 10);
    for (int at = 0; at < file.length; at++) {
      for (int value = 0; value < 256; value++) {
        if (value != (file[at] & 0xff)) {
          trial.read(changed(file, at, value), step);
        }
      }
    }
  }

  private static byte[] changed(byte[] file, int at, int value) {
    byte[] changed = file.clone();
    changed[at] = (byte) value;
    return changed;
  }
}
