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
  private final int segment;
  private final String part;
  private final End caller;
  private final End callee;
  private final Assembler code = new Assembler(1);
  private final int answer = code.local(ValueType.I32);
  private final int length = code.local(ValueType.I32);
  private final int copy = code.local(ValueType.I32);
  private final int number = code.local(ValueType.I32);
  private final int rest = code.local(ValueType.I32);
  private final int digits = code.local(ValueType.I32);
  private final int result = code.local(ValueType.I64);

  /** {@code part} is the caller, and {@code segment} the index of what holds the messages. */
  Answer(Thunks thunks, Messages messages, int segment, String part, End caller, End callee) {
    this.thunks = thunks;
    this.messages = messages;
    this.segment = segment;
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
    giveWithKnownCode();
    code.emit("br", 2).emit("end");
  }

  /** An error whose code means nothing becomes a 500 that says so, ahead of its own text. */
  private void giveWithKnownCode() {
    Messages.Text head = messages.text("The service answered an error with the code ");
    Messages.Text tail = messages.text(", which is neither of 400 to 599 nor 1000 or above: ");
    int before = CODE_BYTES + head.length();
    countDigits();
    code.emit("local.get", length).emit("local.get", digits).emit("i32.add");
    code.emit("i32.const", head.length() + tail.length()).emit("i32.add");
    code.emit("local.set", length);
    room(3);
    code.emit("local.get", copy).emit("i32.const", 500);
    code.emit("i32.store", 0, caller.memory(), 0);
    code.emit("local.get", copy).emit("i32.const", CODE_BYTES).emit("i32.add");
    insert(head);
    code.emit("local.get", copy).emit("local.get", digits).emit("i32.add");
    code.emit("i32.const", before).emit("i32.add");
    insert(tail);
    code.emit("local.get", copy).emit("local.get", digits).emit("i32.add");
    code.emit("i32.const", before + tail.length()).emit("i32.add");
    code.emit("local.get", answer).emit("i32.const", CODE_BYTES).emit("i32.add");
    code.emit("local.get", length).emit("local.get", digits).emit("i32.sub");
    code.emit("i32.const", before + tail.length()).emit("i32.sub");
    code.emit("memory.copy", caller.memory(), callee.memory());
    writeDigits(before);
    give();
  }

  private void insert(Messages.Text text) {
    code.emit("i32.const", text.at()).emit("i32.const", text.length());
    code.emit("memory.init", segment, caller.memory());
  }

  private void countDigits() {
    code.emit("i32.const", 1).emit("local.set", digits);
    code.emit("local.get", number).emit("local.set", rest);
    code.emit("block", NO_TYPE).emit("loop", NO_TYPE);
    code.emit("local.get", rest).emit("i32.const", 10).emit("i32.lt_u").emit("br_if", 1);
    dropLastDigit();
    code.emit("local.get", digits).emit("i32.const", 1).emit("i32.add");
    code.emit("local.set", digits);
    code.emit("br", 0).emit("end").emit("end");
  }

  /** From the last to the first, so many bytes into the copy; leaves {@code digits} at zero. */
  private void writeDigits(int at) {
    code.emit("local.get", number).emit("local.set", rest);
    code.emit("loop", NO_TYPE);
    code.emit("local.get", copy).emit("local.get", digits).emit("i32.add");
    code.emit("local.get", rest).emit("i32.const", 10).emit("i32.rem_u");
    code.emit("i32.const", '0').emit("i32.add");
    code.emit("i32.store8", 0, caller.memory(), at - 1);
    dropLastDigit();
    code.emit("local.get", digits).emit("i32.const", 1).emit("i32.sub");
    code.emit("local.tee", digits).emit("br_if", 0).emit("end");
  }

  private void dropLastDigit() {
    code.emit("local.get", rest).emit("i32.const", 10).emit("i32.div_u");
    code.emit("local.set", rest);
  }

  /** In one block, which it leaves if the caller has no room. */
  private void copyAnswer() {
    code.emit("local.get", length).emit("if", NO_TYPE);
    room(2);
    code.emit("local.get", copy).emit("local.get", answer).emit("local.get", length);
    code.emit("memory.copy", caller.memory(), callee.memory());
    code.emit("end");
    give();
  }

  /** Room for {@code length} bytes in the caller; without, it leaves so many blocks with 507. */
  private void room(int blocks) {
    code.emit("local.get", length).emit("call", caller.alloc()).emit("local.tee", copy);
    code.emit("i32.eqz").emit("if", NO_TYPE);
    code.emit("i64.const", ERROR).emit("local.set", result).emit("br", blocks).emit("end");
    caller.trapIfOutside(code, copy, length);
  }

  private void give() {
    pack(code, copy, length);
    code.emit("local.get", PACKED).emit("i64.const", ERROR).emit("i64.and").emit("i64.or");
    code.emit("local.set", result);
  }

  private void failInstead(int errorCode, String message, int blocks) {
    thunks.fail(code, part, errorCode, messages.text(message), NOTHING);
    code.emit("local.set", result).emit("br", blocks);
  }
}
