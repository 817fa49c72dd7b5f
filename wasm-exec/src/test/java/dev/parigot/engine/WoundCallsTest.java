package dev.parigot.engine;

import static dev.parigot.engine.TestSituation.utf8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parigot.contract.Contract;
import dev.parigot.contract.Role;
import dev.parigot.host.GuestMemory;
import dev.parigot.host.Packed;
import dev.parigot.wasm.Assembler;
import dev.parigot.wasm.Export;
import dev.parigot.wasm.ExternalKind;
import dev.parigot.wasm.ExternalType;
import dev.parigot.wasm.Function;
import dev.parigot.wasm.FunctionType;
import dev.parigot.wasm.Global;
import dev.parigot.wasm.Import;
import dev.parigot.wasm.Limits;
import dev.parigot.wasm.Offset;
import dev.parigot.wasm.ValueType;
import dev.parigot.wasm.WasmModule;
import dev.parigot.wasm.WasmReader;
import dev.parigot.wasm.WasmValidator;
import dev.parigot.wasm.WasmWriter;
import dev.parigot.wind.Options;
import dev.parigot.wind.Part;
import dev.parigot.wind.Wind;
import dev.parigot.wind.Wound;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.PolyglotAccess;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.io.ByteSequence;
import org.graalvm.polyglot.proxy.ProxyExecutable;
import org.graalvm.polyglot.proxy.ProxyObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A call from part to part of a wound module gives what it gives between two instances. */
class WoundCallsTest {
  private static final FunctionType ALLOC =
      new FunctionType(List.of(ValueType.I32), List.of(ValueType.I32));
  private static final FunctionType CALL =
      new FunctionType(List.of(ValueType.I32, ValueType.I32), List.of(ValueType.I64));

  /** Lengths for which the services have no room. */
  private static final int NO_ROOM_BEHIND = 13;

  private static final int NO_ROOM_IN_FRONT = 17;

  /** A length for which both give room that is outside of their memory. */
  private static final int LIE = 19;

  /** What the service behind answers, by method: the instructions that make the i64. */
  private static final Map<String, Assembler> METHODS =
      Map.of(
          "echo", pack(0),
          "fail", pack(Packed.NO_ROOM),
          "nothing", new Assembler(2).emit("i64.const", 0),
          "outside", new Assembler(2).emit("i64.const", 0xffff_0000_0000_0010L),
          "big", new Assembler(2).emit("i64.const", 11 << 20),
          "seventeen", new Assembler(2).emit("i64.const", NO_ROOM_IN_FRONT),
          "trap", new Assembler(2).emit("unreachable"));

  private static final List<String> NAMES = METHODS.keySet().stream().sorted().toList();

  static Stream<List<Object>> calls() {
    return Stream.of(
        List.of("echo", utf8("tea")),
        List.of("echo", new byte[0]),
        List.of("echo", new byte[100_000]),
        List.of("echo", new byte[NO_ROOM_BEHIND]),
        List.of("nothing", utf8("tea")),
        List.of("outside", utf8("tea")),
        List.of("big", utf8("tea")),
        List.of("seventeen", utf8("tea")),
        List.of("fail", Packed.errorBytes(404, "no tea")),
        List.of("fail", Packed.errorBytes(1001, "")),
        List.of("fail", Packed.errorBytes(-1, "unsigned")),
        List.of("fail", Packed.errorBytes(7, "seven")),
        List.of("fail", Packed.errorBytes(600, "")),
        List.of("fail", new byte[3]),
        List.of("fail", new byte[0]));
  }

  @ParameterizedTest
  @MethodSource("calls")
  void givesWhatItGivesBetweenInstances(List<Object> call) {
    String method = (String) call.getFirst();
    byte[] request = (byte[]) call.getLast();
    assertThat(wound(method, request)).isEqualTo(unwound(method, request));
  }

  @Test
  void aTrapEndsTheWholeProgram() {
    assertThatThrownBy(() -> wound("trap", utf8("tea")))
        .isInstanceOf(PolyglotException.class)
        .hasMessage("unreachable");
  }

  @Test
  void aRequestOutsideOfTheCallersMemoryIsATrap() {
    try (Context context = context()) {
      Value exports = load(context);
      assertThatThrownBy(() -> exports.getMember("front.echo").execute(-16, 32))
          .isInstanceOf(PolyglotException.class)
          .hasMessage("unreachable");
    }
  }

  @Test
  void anAllocatorThatLiesIsA500ToTheCaller() {
    assertThat(wound("echo", new byte[LIE]))
        .isEqualTo("500 back.echo trapped: parigot_alloc gave room outside its memory");
  }

  static Stream<List<Object>> told() {
    return Stream.of(
        List.of("echo", utf8("tea"), 0),
        List.of("echo", new byte[0], 0),
        List.of("echo", new byte[NO_ROOM_BEHIND], 507),
        List.of("echo", new byte[LIE], 500),
        List.of("outside", utf8("tea"), 500),
        List.of("seventeen", utf8("tea"), 507),
        List.of("fail", Packed.errorBytes(404, "no tea"), 404),
        List.of("fail", Packed.errorBytes(-1, "unsigned"), -1),
        List.of("fail", Packed.errorBytes(7, "seven"), 500));
  }

  @ParameterizedTest
  @MethodSource("told")
  void aTraceIsToldWhenACallBeginsAndEndsAndWithWhichCode(List<Object> call) {
    String method = (String) call.getFirst();
    byte[] request = (byte[]) call.get(1);
    List<String> told = new ArrayList<>();
    try (Context context = context()) {
      String answer = call(context, traced(context, told), method, request);
      assertThat(answer).isEqualTo(wound(method, request));
    }
    int edge = NAMES.indexOf(method);
    assertThat(told).containsExactly("enter " + edge, "exit " + edge + " " + call.getLast());
  }

  @Test
  void aTraceIsNotToldTheEndOfACallThatTraps() {
    List<String> told = new ArrayList<>();
    try (Context context = context()) {
      Value exports = traced(context, told);
      assertThatThrownBy(() -> call(context, exports, "trap", utf8("tea")))
          .hasMessage("unreachable");
    }
    assertThat(told).containsExactly("enter " + NAMES.indexOf("trap"));
  }

  private static Value traced(Context context, List<String> told) {
    ProxyExecutable enter = arguments -> told.add("enter " + arguments[0].asInt());
    ProxyExecutable exit =
        arguments -> told.add("exit " + arguments[0].asInt() + " " + arguments[1].asInt());
    Object imports =
        ProxyObject.fromMap(
            Map.of("parigot:trace", ProxyObject.fromMap(Map.of("enter", enter, "exit", exit))));
    return context
        .eval(source(Wind.wind(parts(), new Options(true))))
        .newInstance(imports)
        .getMember("exports");
  }

  @Test
  void isValidAndTheSameEachTimeAndSaysWhatItIsMadeOf() {
    byte[] module = wind();
    WasmModule read = WasmReader.read(module);
    WasmValidator.validate(read);
    assertThat(module).isEqualTo(wind());
    assertThat(read.imports()).isEmpty();
    assertThat(read.export("front.memory")).isPresent();
    assertThat(read.export("back.parigot_alloc")).isPresent();
    assertThat(read.customs().getFirst().name()).isEqualTo("parigot.wind");
    assertThat(new String(read.customs().getFirst().content().toArray(), StandardCharsets.UTF_8))
        .contains(
            "{\"name\":\"back\",\"kind\":\"service\",\"digest\":\"sha256:back\",\"memory\":0}",
            "{\"from\":\"front\",\"to\":\"back\",\"method\":\"echo\",\"async\":false,\"wound\":true}");
  }

  private static String unwound(String method, byte[] request) {
    TestSituation situation = new TestSituation();
    try (Instance back = start("back", back(), situation)) {
      situation.services = (_, _, called, bytes) -> back.call(TestSituation.call(called), bytes);
      try (Instance front = start("front", front(), situation)) {
        return shown(front.call(TestSituation.call(method), request));
      }
    }
  }

  private static Instance start(String name, WasmModule module, TestSituation situation) {
    Code code =
        Guests.ENGINE.code(
            "wound-" + name, WasmWriter.write(module), dev.parigot.engine.Limits.DEFAULT);
    return Guests.ENGINE.instantiate(code, name, name + "-1", situation.build());
  }

  private static String shown(CallOutcome outcome) {
    return switch (outcome) {
      case CallOutcome.Returned(byte[] bytes) -> "returned " + text(bytes);
      case CallOutcome.Failed(int code, String message, boolean _) -> code + " " + message;
      default -> outcome.toString();
    };
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static String wound(String method, byte[] request) {
    try (Context context = context()) {
      return call(context, load(context), method, request);
    }
  }

  private static String call(Context context, Value exports, String method, byte[] request) {
    exports.getMember("_initialize").execute();
    GuestMemory memory = new GuestMemory(context, exports.getMember("front.memory"));
    // Not by its allocator, which has no room for some lengths.
    int pointer = 1 << 20;
    memory.write(pointer, request);
    long packed = exports.getMember("front." + method).execute(pointer, request.length).asLong();
    memory.guestHasRun();
    byte[] answer = memory.read(Packed.pointer(packed), Packed.length(packed));
    if (!Packed.isError(packed)) {
      return "returned " + text(answer);
    }
    return answer.length < 4
        ? "500 The service answered an error without a code"
        : Packed.errorCode(answer) + " " + Packed.errorText(answer);
  }

  private static Context context() {
    return Context.newBuilder("wasm")
        .allowExperimentalOptions(true)
        .option("engine.WarnInterpreterOnly", "false")
        .options(Engine.PROPOSALS)
        .allowPolyglotAccess(PolyglotAccess.ALL)
        .build();
  }

  private static Value load(Context context) {
    return context.eval(source(Wind.wind(parts()))).newInstance().getMember("exports");
  }

  private static Source source(Wound wound) {
    return Source.newBuilder("wasm", ByteSequence.create(wound.module()), "wound").buildLiteral();
  }

  private static byte[] wind() {
    return Wind.wind(parts()).module();
  }

  private static List<Part> parts() {
    return List.of(part("back", back()), part("front", front()));
  }

  private static Part part(String name, WasmModule module) {
    return new Part(name, "sha256:" + name, Contract.of(module, Role.SERVICE), module);
  }

  /** Answers by each of {@link #METHODS}. */
  private static WasmModule back() {
    List<Function> functions = new ArrayList<>();
    NAMES.forEach(
        name -> functions.add(new Function(1, requireNonNull(METHODS.get(name)).function())));
    return service(List.of(), functions, NO_ROOM_BEHIND);
  }

  /** Passes each call on. */
  private static WasmModule front() {
    List<Import> imports = new ArrayList<>();
    List<Function> functions = new ArrayList<>();
    for (String name : NAMES) {
      Assembler code = new Assembler(2);
      code.emit("local.get", 0).emit("local.get", 1).emit("call", imports.size());
      functions.add(new Function(1, code.function()));
      imports.add(
          new Import("parigot:service/back", name, new ExternalType.OfFunction(1), Offset.NONE));
    }
    return service(imports, functions, NO_ROOM_IN_FRONT);
  }

  private static WasmModule service(List<Import> imports, List<Function> methods, int withoutRoom) {
    List<Function> functions = new ArrayList<>(methods);
    functions.add(new Function(0, alloc(withoutRoom)));
    List<Export> exports = new ArrayList<>();
    for (int i = 0; i < methods.size(); i++) {
      exports.add(new Export(NAMES.get(i), ExternalKind.FUNCTION, imports.size() + i, Offset.NONE));
    }
    exports.add(
        new Export(
            "parigot_alloc", ExternalKind.FUNCTION, imports.size() + methods.size(), Offset.NONE));
    exports.add(new Export("memory", ExternalKind.MEMORY, 0, Offset.NONE));
    return new WasmModule(
        List.of(ALLOC, CALL),
        imports,
        functions,
        List.of(),
        List.of(new ExternalType.OfMemory(new Limits(200, 200L))),
        List.of(new Global(new ExternalType.OfGlobal(ValueType.I32, true), Assembler.constant(64))),
        exports,
        null,
        List.of(),
        List.of(),
        false,
        List.of());
  }

  /** Hands out ever higher addresses, but none for one length, and a wrong one for another. */
  private static dev.parigot.wasm.Expression alloc(int withoutRoom) {
    Assembler code = new Assembler(1);
    code.emit("local.get", 0).emit("i32.const", LIE).emit("i32.eq");
    code.emit("if", Assembler.NO_TYPE).emit("i32.const", -8).emit("return").emit("end");
    code.emit("local.get", 0).emit("i32.const", withoutRoom).emit("i32.eq");
    code.emit("if", Assembler.NO_TYPE).emit("i32.const", 0).emit("return").emit("end");
    code.emit("global.get", 0);
    code.emit("global.get", 0).emit("local.get", 0).emit("i32.add").emit("i32.const", 15);
    code.emit("i32.add").emit("i32.const", -8).emit("i32.and").emit("global.set", 0);
    return code.function();
  }

  /** The request itself. */
  private static Assembler pack(long flags) {
    Assembler code = new Assembler(2);
    code.emit("local.get", 0).emit("i64.extend_i32_u").emit("i64.const", 32).emit("i64.shl");
    code.emit("local.get", 1).emit("i64.extend_i32_u").emit("i64.or");
    return code.emit("i64.const", flags).emit("i64.or");
  }
}
