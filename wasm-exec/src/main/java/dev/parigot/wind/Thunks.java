package dev.parigot.wind;

import static dev.parigot.wasm.Assembler.NO_TYPE;

import dev.parigot.wasm.Assembler;
import dev.parigot.wasm.Expression;
import dev.parigot.wasm.ValueType;
import org.jspecify.annotations.Nullable;

/**
 * The functions that stand between two parts, and do for a call what the engine's host does: check,
 * allocate, copy, call, copy back, free. They answer the host's errors with the host's words; what
 * ends an instance there (a pointer outside of the memory) is a trap.
 */
final class Thunks {
  private static final long MESSAGE_BYTES = 10 << 20;
  private static final long LENGTH = 0x7fff_ffffL;
  private static final long ERROR = 0x8000_0000L;
  private static final int CODE_BYTES = 4;

  private final Messages messages;
  private final int segment;
  private final int state;

  /**
   * @param segment the index of the data segment with the messages
   * @param state the index of the global that tells how far {@link Initialization} is
   */
  Thunks(Messages messages, int segment, int state) {
    this.messages = messages;
    this.segment = segment;
    this.state = state;
  }

  /** One end of a call: its memory, and how room is had there. */
  record End(int memory, int alloc) {
    static End of(Layout.Place place) {
      return new End(place.exported("memory"), place.exported("parigot_alloc"));
    }
  }

  /** The imports that are told of a call, and by which number. */
  record Trace(int enter, int leave, int call) {}

  /** {@code (code, at, length) -> i64}: gives a part an error with a text of the segment. */
  Expression failure(End to) {
    Assembler code = new Assembler(3);
    int length = 2;
    int pointer = code.local(ValueType.I32);
    code.emit("local.get", length).emit("i32.const", CODE_BYTES).emit("i32.add");
    code.emit("local.tee", length).emit("call", to.alloc).emit("local.tee", pointer);
    code.emit("i32.eqz").emit("if", NO_TYPE);
    code.emit("i64.const", ERROR).emit("return").emit("end");
    trapUnlessInside(code, to.memory, pointer, length);
    code.emit("local.get", pointer).emit("local.get", 0).emit("i32.store", 0, to.memory, 0);
    code.emit("local.get", pointer).emit("i32.const", CODE_BYTES).emit("i32.add");
    code.emit("local.get", 1);
    code.emit("local.get", length).emit("i32.const", CODE_BYTES).emit("i32.sub");
    code.emit("memory.init", segment, to.memory);
    pack(code, pointer, length);
    code.emit("i64.const", ERROR).emit("i64.or");
    return code.function();
  }

  /** What a call from part to part needs to know. */
  record Call(End caller, int failure, End callee, int method, int free, String called) {
    /** There is no {@code parigot_free}. */
    static final int NO_FREE = -1;
  }

  /** {@code (pointer, length) -> i64}: a call, told to nobody if the trace is null. */
  Expression call(Call call, @Nullable Trace trace) {
    return new Thunk(call, trace).function();
  }

  private static void isOutside(Assembler code, int memory, int pointer, int length) {
    code.emit("local.get", pointer).emit("i64.extend_i32_u");
    code.emit("local.get", length).emit("i64.extend_i32_u").emit("i64.add");
    code.emit("memory.size", memory).emit("i64.extend_i32_u").emit("i64.const", 16);
    code.emit("i64.shl").emit("i64.gt_u");
  }

  private static void trapUnlessInside(Assembler code, int memory, int pointer, int length) {
    isOutside(code, memory, pointer, length);
    code.emit("if", NO_TYPE).emit("unreachable").emit("end");
  }

  private static void pack(Assembler code, int pointer, int length) {
    code.emit("local.get", pointer).emit("i64.extend_i32_u").emit("i64.const", 32);
    code.emit("i64.shl").emit("local.get", length).emit("i64.extend_i32_u").emit("i64.or");
  }

  private final class Thunk {
    private static final int POINTER = 0;
    private static final int SIZE = 1;

    private final Call call;
    private final @Nullable Trace trace;
    private final Assembler code = new Assembler(2);
    private final int request = code.local(ValueType.I32);
    private final int answer = code.local(ValueType.I32);
    private final int length = code.local(ValueType.I32);
    private final int copy = code.local(ValueType.I32);
    private final int number = code.local(ValueType.I32);
    private final int rest = code.local(ValueType.I32);
    private final int digits = code.local(ValueType.I32);
    private final int packed = code.local(ValueType.I64);
    private final int result = code.local(ValueType.I64);

    Thunk(Call call, @Nullable Trace trace) {
      this.call = call;
      this.trace = trace;
    }

    Expression function() {
      checkRequest();
      tell(true);
      code.emit("block", NO_TYPE);
      copyRequest();
      code.emit("local.get", request).emit("local.get", SIZE).emit("call", call.method);
      code.emit("local.set", packed);
      code.emit("block", NO_TYPE);
      unpack();
      checkAnswer();
      copyAnswer();
      code.emit("end");
      free();
      code.emit("end");
      tell(false);
      code.emit("local.get", result);
      return code.function();
    }

    private void tell(boolean enters) {
      if (trace != null) {
        code.emit("i32.const", trace.call).emit("call", enters ? trace.enter : trace.leave);
      }
    }

    private void checkRequest() {
      trapUnlessInside(code, call.caller.memory, POINTER, SIZE);
      code.emit("global.get", state).emit("i32.const", Initialization.RUNNING).emit("i32.eq");
      code.emit("if", NO_TYPE);
      fail(503, "services can't be called in _initialize");
      code.emit("return").emit("end");
      code.emit("local.get", SIZE).emit("i32.const", MESSAGE_BYTES).emit("i32.gt_u");
      code.emit("if", NO_TYPE);
      fail(413, "a request has at most 10 MiB");
      code.emit("return").emit("end");
    }

    /** In one block, which it leaves if the callee has no room. */
    private void copyRequest() {
      code.emit("local.get", SIZE).emit("if", NO_TYPE);
      code.emit("local.get", SIZE).emit("call", call.callee.alloc).emit("local.tee", request);
      code.emit("i32.eqz").emit("if", NO_TYPE);
      failInstead(507, call.called + " ran out of memory", 2);
      code.emit("end");
      trapUnlessInside(code, call.callee.memory, request, SIZE);
      code.emit("local.get", request).emit("local.get", POINTER).emit("local.get", SIZE);
      code.emit("memory.copy", call.callee.memory, call.caller.memory).emit("end");
    }

    private void unpack() {
      code.emit("local.get", packed).emit("i64.const", 32).emit("i64.shr_u");
      code.emit("i32.wrap_i64").emit("local.set", answer);
      code.emit("local.get", packed).emit("i64.const", LENGTH).emit("i64.and");
      code.emit("i32.wrap_i64").emit("local.set", length);
    }

    /** In one block, which it leaves with an error if the answer is none. */
    private void checkAnswer() {
      isOutside(code, call.callee.memory, answer, length);
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
      code.emit("local.get", packed).emit("i64.const", ERROR).emit("i64.and").emit("i64.eqz");
      code.emit("i32.eqz");
    }

    private void checkError() {
      code.emit("local.get", length).emit("i32.const", CODE_BYTES).emit("i32.lt_u");
      code.emit("if", NO_TYPE);
      failInstead(500, "The service answered an error without a code", 2);
      code.emit("end");
      code.emit("local.get", answer).emit("i32.load", 0, call.callee.memory, 0);
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
      code.emit("i32.store", 0, call.caller.memory, 0);
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
      code.emit("memory.copy", call.caller.memory, call.callee.memory);
      writeDigits(before);
      give();
    }

    private void insert(Messages.Text text) {
      code.emit("i32.const", text.at()).emit("i32.const", text.length());
      code.emit("memory.init", segment, call.caller.memory);
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
      code.emit("i32.store8", 0, call.caller.memory, at - 1);
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
      code.emit("memory.copy", call.caller.memory, call.callee.memory);
      code.emit("end");
      give();
    }

    /** Room for {@code length} bytes in the caller; without, it leaves so many blocks with 507. */
    private void room(int blocks) {
      code.emit("local.get", length).emit("call", call.caller.alloc).emit("local.tee", copy);
      code.emit("i32.eqz").emit("if", NO_TYPE);
      code.emit("i64.const", ERROR).emit("local.set", result).emit("br", blocks).emit("end");
      trapUnlessInside(code, call.caller.memory, copy, length);
    }

    private void give() {
      pack(code, copy, length);
      code.emit("local.get", packed).emit("i64.const", ERROR).emit("i64.and").emit("i64.or");
      code.emit("local.set", result);
    }

    private void free() {
      if (call.free != Call.NO_FREE) {
        code.emit("local.get", SIZE).emit("if", NO_TYPE);
        code.emit("local.get", request).emit("local.get", SIZE).emit("call", call.free);
        code.emit("end");
      }
    }

    private void failInstead(int errorCode, String message, int blocks) {
      fail(errorCode, message);
      code.emit("local.set", result).emit("br", blocks);
    }

    private void fail(int errorCode, String message) {
      Messages.Text text = messages.text(message);
      code.emit("i32.const", errorCode).emit("i32.const", text.at());
      code.emit("i32.const", text.length()).emit("call", call.failure);
    }
  }
}
