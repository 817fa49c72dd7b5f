package dev.parigot.wind;

import static dev.parigot.wasm.Assembler.NO_TYPE;

import dev.parigot.wasm.Assembler;
import dev.parigot.wasm.Expression;
import dev.parigot.wasm.ValueType;

/**
 * The function that makes an error of one whose code means nothing: {@code (code, length) ->
 * packed}. It becomes a 500 that names the code, ahead of the error's own text, for which so many
 * bytes are left at the end.
 */
final class Explanation {
  private static final int NUMBER = 0;
  private static final int LENGTH = 1;

  private final int segment;
  private final End to;
  private final Messages.Text head;
  private final Messages.Text tail;
  private final Assembler code = new Assembler(2);
  private final int size = code.local(ValueType.I32);
  private final int copy = code.local(ValueType.I32);
  private final int rest = code.local(ValueType.I32);
  private final int digits = code.local(ValueType.I32);

  /** {@code segment} is the index of what holds the messages. */
  Explanation(Messages messages, int segment, End to) {
    this.segment = segment;
    this.to = to;
    this.head = messages.text("The service answered an error with the code ");
    this.tail = messages.text(", which is neither of 400 to 599 nor 1000 or above: ");
  }

  Expression function() {
    int before = Answer.CODE_BYTES + head.length();
    countDigits();
    code.emit("local.get", LENGTH).emit("local.get", digits).emit("i32.add");
    code.emit("i32.const", before + tail.length()).emit("i32.add").emit("local.tee", size);
    code.emit("call", to.alloc()).emit("local.tee", copy);
    code.emit("i32.eqz").emit("if", NO_TYPE);
    code.emit("i64.const", Answer.ERROR).emit("return").emit("end");
    to.trapIfOutside(code, copy, size);
    code.emit("local.get", copy).emit("i32.const", 500).emit("i32.store", 0, to.memory(), 0);
    code.emit("local.get", copy).emit("i32.const", Answer.CODE_BYTES).emit("i32.add");
    insert(head);
    code.emit("local.get", copy).emit("local.get", digits).emit("i32.add");
    code.emit("i32.const", before).emit("i32.add");
    insert(tail);
    writeDigits(before);
    Answer.pack(code, copy, size);
    code.emit("i64.const", Answer.ERROR).emit("i64.or");
    return code.function();
  }

  private void insert(Messages.Text text) {
    code.emit("i32.const", text.at()).emit("i32.const", text.length());
    code.emit("memory.init", segment, to.memory());
  }

  private void countDigits() {
    code.emit("i32.const", 1).emit("local.set", digits);
    code.emit("local.get", NUMBER).emit("local.set", rest);
    code.emit("block", NO_TYPE).emit("loop", NO_TYPE);
    code.emit("local.get", rest).emit("i32.const", 10).emit("i32.lt_u").emit("br_if", 1);
    dropLastDigit();
    code.emit("local.get", digits).emit("i32.const", 1).emit("i32.add");
    code.emit("local.set", digits);
    code.emit("br", 0).emit("end").emit("end");
  }

  /** From the last to the first, so many bytes into the copy; leaves {@code digits} at zero. */
  private void writeDigits(int at) {
    code.emit("local.get", NUMBER).emit("local.set", rest);
    code.emit("loop", NO_TYPE);
    code.emit("local.get", copy).emit("local.get", digits).emit("i32.add");
    code.emit("local.get", rest).emit("i32.const", 10).emit("i32.rem_u");
    code.emit("i32.const", '0').emit("i32.add");
    code.emit("i32.store8", 0, to.memory(), at - 1);
    dropLastDigit();
    code.emit("local.get", digits).emit("i32.const", 1).emit("i32.sub");
    code.emit("local.tee", digits).emit("br_if", 0).emit("end");
  }

  private void dropLastDigit() {
    code.emit("local.get", rest).emit("i32.const", 10).emit("i32.div_u");
    code.emit("local.set", rest);
  }
}
