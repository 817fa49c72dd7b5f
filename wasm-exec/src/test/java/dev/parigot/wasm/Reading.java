package dev.parigot.wasm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.Optional;

/** What becomes of bytes that anybody might push, before an engine sees them. */
public final class Reading {
  private Reading() {}

  /**
   * The module that the bytes are, if it is valid; it must survive its writing. A refusal must have
   * a place in the file, and a reason.
   */
  public static Optional<WasmModule> of(byte[] file) {
    WasmModule module;
    try {
      module = WasmReader.read(file);
      WasmValidator.validate(module);
    } catch (MalformedWasm malformed) {
      assertThat(malformed.offset()).as(malformed.reason()).isBetween(0L, (long) file.length);
      assertThat(malformed.reason()).isNotBlank();
      return Optional.empty();
    }
    byte[] written = WasmWriter.write(module);
    if (!WasmReader.read(written).equals(module)) {
      throw new AssertionError("written and read again, it is another module: " + hex(file));
    }
    return Optional.of(module);
  }

  public static String hex(byte[] file) {
    return HexFormat.of().formatHex(file);
  }
}
