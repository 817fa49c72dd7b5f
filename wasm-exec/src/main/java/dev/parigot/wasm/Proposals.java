package dev.parigot.wasm;

import org.jspecify.annotations.Nullable;

/** Refusals of what belongs to a proposal that the engine lacks. */
final class Proposals {
  private Proposals() {}

  static MalformedWasm lacking(long offset, String what, String proposal) {
    return new MalformedWasm(
        offset,
        what + " belongs to the " + proposal + " proposal, which is not supported",
        "Compile without it.");
  }

  /** The proposal that a code of a type belongs to, or null if it is none that is known. */
  static @Nullable String ofType(int code) {
    return switch (code) {
      case 0x63, 0x64 -> "typed function references";
      case 0x69, 0x74 -> "exceptions";
      case 0x68, 0x75, 0x5d -> "stack switching";
      case 0x6a,
          0x6b,
          0x6c,
          0x6d,
          0x6e,
          0x71,
          0x72,
          0x73,
          0x5e,
          0x5f,
          0x50,
          0x4f,
          0x4e,
          0x77,
          0x78 ->
          "garbage collection";
      default -> null;
    };
  }
}
