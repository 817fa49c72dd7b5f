package dev.parigot.wind;

import dev.parigot.wasm.Assembler;

/** One end of a call: its memory, and how room is had there. */
record End(int memory, int alloc) {
  static End of(Layout.Place place) {
    return new End(place.exported("memory"), place.exported("parigot_alloc"));
  }

  /** Puts on the stack whether so many bytes at a place lie outside of the memory; both locals. */
  void isOutside(Assembler code, int pointer, int length) {
    code.emit("local.get", pointer).emit("i64.extend_i32_u");
    code.emit("local.get", length).emit("i64.extend_i32_u").emit("i64.add");
    code.emit("memory.size", memory).emit("i64.extend_i32_u").emit("i64.const", 16);
    code.emit("i64.shl").emit("i64.gt_u");
  }

  void trapIfOutside(Assembler code, int pointer, int length) {
    isOutside(code, pointer, length);
    code.emit("if", Assembler.NO_TYPE).emit("unreachable").emit("end");
  }
}
