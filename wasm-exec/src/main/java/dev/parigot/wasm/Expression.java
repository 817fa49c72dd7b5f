package dev.parigot.wasm;

/** Instructions with the {@code end} that closes them, as they stand in the binary. */
public record Expression(Bytes bytes, Offset offset) {
  Input input() {
    return new Input(bytes, offset, "function");
  }
}
