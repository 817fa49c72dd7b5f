package dev.parigot.wind;

import static dev.parigot.wasm.Assembler.NO_TYPE;

import dev.parigot.wasm.Assembler;
import dev.parigot.wasm.Expression;
import dev.parigot.wasm.ValueType;

/** The function that takes a callee's answer to its caller: {@code (packed) -> packed}. */
final class Answer {
  static final long MESSAGE_BYTES = 10 << 20;
  static final long LENGTH = 0x7fff_ffffL;
  static final long ERROR = 0x8000_0000L;

  /** Of an error's code, ahead of its text. */
  static final int CODE_BYTES = 4;

  private static final int PACKED = 0;
  private static final Messages.Text NOTHING = new Messages.Text(0, 0);

  private final Thunks thunks;
  private final Messages messages;
  private final String part;
  private final End caller;
  private final End callee;
  private final Assembler code = new Assembler(1);
  private final int answer = code.local(ValueType.I32);
  private final int length = code.local(ValueType.I32);
  private final int copy = code.local(ValueType.I32);
  private final int number = code.local(ValueType.I32);
  private final int result = code.local(ValueType.I64);

  /** {@code part} is the caller. */
  Answer(Thunks thunks, Messages messages, String part, End caller, End callee) {
    this.thunks = thunks;
    this.messages = messages;
    this.part = part;
    this.caller = caller;
    this.callee = callee;
  }

  Expression function() {
    code.emit("block", NO_TYPE);
    unpack();
    checkAnswer();
    copyAnswer();
    code.emit("end").emit("local.get", result);
    return code.function();
  }

  static void pack(Assembler code, int pointer, int length) {
    code.emit("local.get", pointer).emit("i64.extend_i32_u").emit("i64.const", 32);
    code.emit("i64.shl").emit("local.get", length).emit("i64.extend_i32_u").emit("i64.or");
  }

  private void unpack() {
    code.emit("local.get", PACKED).emit("i64.const", 32).emit("i64.shr_u");
    code.emit("i32.wrap_i64").emit("local.set", answer);
    code.emit("local.get", PACKED).emit("i64.const", LENGTH).emit("i64.and");
    code.emit("i32.wrap_i64").emit("local.set", length);
  }

  /** In one block, which it leaves with an error if the answer is none. */
  private void checkAnswer() {
    callee.isOutside(code, answer, length);
    code.emit("local.get", length).emit("i32.eqz").emit("i32.eqz").emit("i32.and");
    code.emit("if", NO_TYPE);
    failInstead(500, "The response is outside the service's memory", 1);
    code.emit("end");
    code.emit("local.get", length).emit("i32.const", MESSAGE_BYTES).emit("i32.gt_u");
    code.emit("if", NO_TYPE);
    failInstead(413, "A response has at most 10 MiB", 1);
    code.emit("end");
    isError();
    code.emit("if", NO_TYPE);
    checkError();
    code.emit("end");
  }

  private void isError() {
    code.emit("local.get", PACKED).emit("i64.const", ERROR).emit("i64.and").emit("i64.eqz");
    code.emit("i32.eqz");
  }

  private void checkError() {
    code.emit("local.get", length).emit("i32.const", CODE_BYTES).emit("i32.lt_u");
    code.emit("if", NO_TYPE);
    failInstead(500, "The service answered an error without a code", 2);
    code.emit("end");
    code.emit("local.get", answer).emit("i32.load", 0, callee.memory(), 0);
    code.emit("local.tee", number).emit("i32.const", 400).emit("i32.sub");
    code.emit("i32.const", 200).emit("i32.ge_u");
    code.emit("local.get", number).emit("i32.const", 1000).emit("i32.lt_u").emit("i32.and");
    code.emit("if", NO_TYPE);
    giveExplained();
    code.emit("end");
  }

  /**
   * In three blocks, which it leaves: an error whose code means nothing becomes one that says so.
   */
  private void giveExplained() {
    code.emit("local.get", number);
    code.emit("local.get", length).emit("i32.const", CODE_BYTES).emit("i32.sub");
    code.emit("local.tee", length).emit("call", thunks.explain(part, caller));
    code.emit("local.tee", result).emit("i64.const", ERROR).emit("i64.eq").emit("br_if", 2);
    code.emit("local.get", result).emit("i64.const", 32).emit("i64.shr_u");
    code.emit("local.get", result).emit("i64.const", LENGTH).emit("i64.and").emit("i64.add");
    code.emit("i32.wrap_i64").emit("local.get", length).emit("i32.sub");
    code.emit("local.get", answer).emit("i32.const", CODE_BYTES).emit("i32.add");
    code.emit("local.get", length).emit("memory.copy", caller.memory(), callee.memory());
    code.emit("br", 2);
  }

  /** In one block, which it leaves if the caller has no room. */
  private void copyAnswer() {
    code.emit("local.get", length).emit("if", NO_TYPE);
    code.emit("local.get", length).emit("call", caller.alloc()).emit("local.tee", copy);
    code.emit("i32.eqz").emit("if", NO_TYPE);
    code.emit("i64.const", ERROR).emit("local.set", result).emit("br", 2).emit("end");
    caller.trapIfOutside(code, copy, length);
    code.emit("local.get", copy).emit("local.get", answer).emit("local.get", length);
    code.emit("memory.copy", caller.memory(), callee.memory());
    code.emit("end");
    pack(code, copy, length);
    code.emit("local.get", PACKED).emit("i64.const", ERROR).emit("i64.and").emit("i64.or");
    code.emit("local.set", result);
  }

  private void failInstead(int errorCode, String message, int blocks) {
    thunks.fail(code, part, errorCode, messages.text(message), NOTHING);
    code.emit("local.set", result).emit("br", blocks);
  }
}
