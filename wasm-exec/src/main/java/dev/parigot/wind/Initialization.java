package dev.parigot.wind;

import static dev.parigot.wasm.Assembler.NO_TYPE;

import dev.parigot.wasm.Assembler;
import dev.parigot.wasm.Expression;
import dev.parigot.wasm.ExternalType;
import dev.parigot.wasm.Global;
import dev.parigot.wasm.ValueType;
import java.util.List;

/** The one {@code _initialize} of a wound module, and the global that tells how far it is. */
final class Initialization {
  static final String NAME = "_initialize";

  /** The state in which services can't be called. */
  static final int RUNNING = 1;

  private static final int DONE = 2;

  private Initialization() {}

  static Global state() {
    return new Global(new ExternalType.OfGlobal(ValueType.I32, true), Assembler.constant(0));
  }

  /** Runs the start function and the {@code _initialize} of each part; once. */
  static Expression function(List<Layout.Place> places, int state) {
    Assembler code = new Assembler(0);
    code.emit("global.get", state).emit("if", NO_TYPE).emit("return").emit("end");
    code.emit("i32.const", RUNNING).emit("global.set", state);
    for (Layout.Place place : places) {
      Integer start = place.part().module().start();
      if (start != null) {
        code.emit("call", place.function(start));
      }
      if (place.part().contract().initializes()) {
        code.emit("call", place.exported(NAME));
      }
    }
    code.emit("i32.const", DONE).emit("global.set", state);
    return code.function();
  }
}
