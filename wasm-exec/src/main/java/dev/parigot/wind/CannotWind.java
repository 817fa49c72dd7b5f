package dev.parigot.wind;

import dev.parigot.wasm.MalformedWasm;

/** Modules that are valid each by itself, but together are more than one module may be. */
public final class CannotWind extends RuntimeException {
  CannotWind(MalformedWasm tooMuch) {
    super("the modules are too much for one: " + tooMuch.reason(), tooMuch);
  }
}
