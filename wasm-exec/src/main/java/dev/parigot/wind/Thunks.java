package dev.parigot.wind;

import static dev.parigot.wasm.Assembler.NO_TYPE;

import dev.parigot.wasm.Assembler;
import dev.parigot.wasm.Expression;
import dev.parigot.wasm.FunctionType;
import dev.parigot.wasm.ValueType;
import java.util.List;

/**
 * The functions that stand between two parts, and do for a call what the engine's host does: check,
 * allocate, copy, call, copy back, free. They answer the host's errors with the host's words; what
 * ends the caller's instance there (a pointer outside of its memory) is a trap.
 *
 * <p>A thunk holds what differs from method to method; what it shares with others of the same
 * caller, or of the same two parts, are {@link Helpers}.
 */
final class Thunks {
  /** Of a thunk, of a method, and of some helpers. */
  static final FunctionType CALL =
      new FunctionType(List.of(ValueType.I32, ValueType.I32), List.of(ValueType.I64));

  private static final FunctionType FAIL =
      new FunctionType(
          List.of(ValueType.I32, ValueType.I32, ValueType.I32, ValueType.I32, ValueType.I32),
          List.of(ValueType.I64));
  private static final FunctionType ANSWER =
      new FunctionType(List.of(ValueType.I64), List.of(ValueType.I64));
  private static final FunctionType LEAVE =
      new FunctionType(List.of(ValueType.I32, ValueType.I64), List.of());

  private static final int POINTER = 0;
  private static final int SIZE = 1;
  private static final Messages.Text NOTHING = new Messages.Text(0, 0);

  private final Layout layout;
  private final Messages messages;
  private final int segment;
  private final int state;
  private final Helpers helpers;

  /**
   * @param segment the index of the data segment with the messages
   * @param state the index of the global that tells how far {@link Initialization} is
   */
  Thunks(Layout layout, Messages messages, int segment, int state) {
    this.layout = layout;
    this.messages = messages;
    this.segment = segment;
    this.state = state;
    this.helpers = new Helpers(layout);
  }

  Helpers helpers() {
    return helpers;
  }

  /** {@code (pointer, length) -> i64}: a call. */
  Expression call(Layout.Edge edge) {
    Layout.Place place = layout.place(edge.to());
    End caller = End.of(layout.place(edge.from()));
    End callee = End.of(place);
    Assembler code = new Assembler(2);
    int request = code.local(ValueType.I32);
    int result = code.local(ValueType.I64);
    code.emit("local.get", POINTER).emit("local.get", SIZE);
    code.emit("call", admit(edge.from(), caller)).emit("local.tee", result).emit("i64.eqz");
    code.emit("if", NO_TYPE);
    enter(code, edge);
    code.emit("block", NO_TYPE);
    code.emit("local.get", SIZE).emit("if", NO_TYPE);
    copyRequest(code, edge, callee, caller, request, result);
    code.emit("end");
    code.emit("local.get", request).emit("local.get", SIZE);
    code.emit("call", place.exported(edge.method()));
    code.emit("call", answer(edge, caller, callee)).emit("local.set", result);
    if (place.exports("parigot_free")) {
      code.emit("local.get", SIZE).emit("if", NO_TYPE);
      code.emit("local.get", request).emit("local.get", SIZE);
      code.emit("call", place.exported("parigot_free")).emit("end");
    }
    code.emit("end");
    leave(code, edge, caller, result);
    code.emit("end").emit("local.get", result);
    return code.function();
  }

  /** In two blocks, which it leaves if the callee has no room. */
  private void copyRequest(
      Assembler code, Layout.Edge edge, End callee, End caller, int request, int result) {
    Messages.Text called = messages.text(edge.to() + "." + edge.method());
    code.emit("local.get", SIZE).emit("call", callee.alloc()).emit("local.tee", request);
    code.emit("i32.eqz").emit("if", NO_TYPE);
    fail(code, edge.from(), 507, called, messages.text(" ran out of memory"));
    code.emit("local.set", result).emit("br", 2).emit("end");
    callee.isOutside(code, request, SIZE);
    code.emit("if", NO_TYPE);
    Messages.Text lied = messages.text(" trapped: parigot_alloc gave room outside its memory");
    fail(code, edge.from(), 500, called, lied);
    code.emit("local.set", result).emit("br", 2).emit("end");
    code.emit("local.get", request).emit("local.get", POINTER).emit("local.get", SIZE);
    code.emit("memory.copy", callee.memory(), caller.memory());
  }

  private void enter(Assembler code, Layout.Edge edge) {
    layout
        .trace()
        .ifPresent(
            trace -> code.emit("i32.const", layout.number(edge)).emit("call", trace.enter()));
  }

  private void leave(Assembler code, Layout.Edge edge, End caller, int result) {
    layout
        .trace()
        .ifPresent(trace -> {
          code.emit("i32.const", layout.number(edge)).emit("local.get", result);
          code.emit(
              "call",
              helpers.index(
                  edge.from() + ".parigot_leave", LEAVE, () -> leaving(caller, trace.exit())));
        });
  }

  /** {@code (edge, result)}: tells the host that a call ended, and with which code. */
  private static Expression leaving(End caller, int exit) {
    int result = 1;
    Assembler code = new Assembler(2);
    int number = code.local(ValueType.I32);
    code.emit("local.get", result).emit("i64.const", Answer.ERROR).emit("i64.and");
    code.emit("i64.eqz").emit("i32.eqz").emit("if", NO_TYPE);
    code.emit("i32.const", 507).emit("local.set", number);
    code.emit("local.get", result).emit("i64.const", Answer.LENGTH).emit("i64.and");
    code.emit("i64.eqz").emit("i32.eqz").emit("if", NO_TYPE);
    code.emit("local.get", result).emit("i64.const", 32).emit("i64.shr_u");
    code.emit("i32.wrap_i64").emit("i32.load", 0, caller.memory(), 0);
    code.emit("local.set", number).emit("end").emit("end");
    code.emit("local.get", 0).emit("local.get", number).emit("call", exit);
    return code.function();
  }

  private int admit(String part, End caller) {
    return helpers.index(part + ".parigot_admit", CALL, () -> admission(part, caller));
  }

  /** {@code (pointer, length) -> i64}: what keeps a part from making a call, or 0. */
  private Expression admission(String part, End caller) {
    Assembler code = new Assembler(2);
    caller.trapIfOutside(code, POINTER, SIZE);
    code.emit("global.get", state).emit("i32.const", Initialization.RUNNING).emit("i32.eq");
    code.emit("if", NO_TYPE);
    fail(code, part, 503, messages.text("services can't be called in _initialize"), NOTHING);
    code.emit("return").emit("end");
    code.emit("local.get", SIZE).emit("i32.const", Answer.MESSAGE_BYTES).emit("i32.gt_u");
    code.emit("if", NO_TYPE);
    fail(code, part, 413, messages.text("a request has at most 10 MiB"), NOTHING);
    code.emit("return").emit("end").emit("i64.const", 0);
    return code.function();
  }

  private int answer(Layout.Edge edge, End caller, End callee) {
    return helpers.index(
        edge.from() + "->" + edge.to() + ".parigot_answer",
        ANSWER,
        () -> new Answer(this, messages, edge.from(), caller, callee).function());
  }

  /** The index of a part's {@link Explanation}. */
  int explain(String part, End end) {
    return helpers.index(
        part + ".parigot_explain", CALL, () -> new Explanation(messages, segment, end).function());
  }

  /** Gives a part an error with a text of two halves, and puts the packed result on the stack. */
  void fail(Assembler code, String part, int number, Messages.Text text, Messages.Text rest) {
    code.emit("i32.const", number);
    code.emit("i32.const", text.at()).emit("i32.const", text.length());
    code.emit("i32.const", rest.at()).emit("i32.const", rest.length());
    End end = End.of(layout.place(part));
    code.emit("call", helpers.index(part + ".parigot_fail", FAIL, () -> failure(end)));
  }

  /** {@code (code, at, length, at, length) -> i64}. */
  private Expression failure(End to) {
    int first = 2;
    int second = 4;
    Assembler code = new Assembler(5);
    int size = code.local(ValueType.I32);
    int pointer = code.local(ValueType.I32);
    code.emit("local.get", first).emit("local.get", second).emit("i32.add");
    code.emit("i32.const", Answer.CODE_BYTES).emit("i32.add").emit("local.tee", size);
    code.emit("call", to.alloc()).emit("local.tee", pointer);
    code.emit("i32.eqz").emit("if", NO_TYPE);
    code.emit("i64.const", Answer.ERROR).emit("return").emit("end");
    to.trapIfOutside(code, pointer, size);
    code.emit("local.get", pointer).emit("local.get", 0).emit("i32.store", 0, to.memory(), 0);
    code.emit("local.get", pointer).emit("i32.const", Answer.CODE_BYTES).emit("i32.add");
    code.emit("local.get", first - 1).emit("local.get", first);
    code.emit("memory.init", segment, to.memory());
    code.emit("local.get", pointer).emit("i32.const", Answer.CODE_BYTES).emit("i32.add");
    code.emit("local.get", first).emit("i32.add");
    code.emit("local.get", second - 1).emit("local.get", second);
    code.emit("memory.init", segment, to.memory());
    Answer.pack(code, pointer, size);
    code.emit("i64.const", Answer.ERROR).emit("i64.or");
    return code.function();
  }
}
