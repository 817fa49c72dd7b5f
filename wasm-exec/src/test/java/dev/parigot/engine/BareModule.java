package dev.parigot.engine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.parigot.host.GuestMemory;
import dev.parigot.host.Packed;
import dev.parigot.wasm.Bytes;
import dev.parigot.wasm.Export;
import dev.parigot.wasm.Expression;
import dev.parigot.wasm.ExternalKind;
import dev.parigot.wasm.ExternalType;
import dev.parigot.wasm.FunctionType;
import dev.parigot.wasm.Global;
import dev.parigot.wasm.Import;
import dev.parigot.wasm.Offset;
import dev.parigot.wasm.ValueType;
import dev.parigot.wasm.WasmModule;
import dev.parigot.wasm.WasmReader;
import dev.parigot.wasm.WasmWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Timer;
import java.util.TimerTask;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.PolyglotAccess;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.io.ByteSequence;
import org.graalvm.polyglot.proxy.ProxyExecutable;
import org.graalvm.polyglot.proxy.ProxyObject;

/**
 * A module that runs without the platform: the functions that it imports answer zero, no file is
 * open and no time passes; what else it imports is new. So one and the same module can be asked the
 * same, wound and unwound.
 */
final class BareModule implements AutoCloseable {
  private static final Timer TIMER = new Timer(true);
  private static final long MILLIS = 60_000;

  /** What WASI answers about a file that isn't open. */
  private static final int BADF = 8;

  private final WasmModule module;
  private final long millis;
  private final Context context;
  private final Value exports;

  /** Instantiates it, which runs a start function. Throws what the engine throws. */
  BareModule(org.graalvm.polyglot.Engine engine, byte[] file) {
    this(engine, file, MILLIS);
  }

  /** {@code millis} is what one call into it may take. */
  BareModule(org.graalvm.polyglot.Engine engine, byte[] file, long millis) {
    this.millis = millis;
    module = WasmReader.read(file);
    context =
        Context.newBuilder("wasm").engine(engine).allowPolyglotAccess(PolyglotAccess.ALL).build();
    try {
      exports = inTime(() -> instance(file, imports()));
    } catch (PolyglotException e) {
      context.close(true);
      throw e;
    }
  }

  private Object imports() {
    Value outside = outside();
    Map<String, Map<String, Object>> modules = new HashMap<>();
    for (int i = 0; i < module.imports().size(); i++) {
      Import each = module.imports().get(i);
      Object given =
          each.type() instanceof ExternalType.OfFunction function
              ? made(each, module.types().get(function.type()))
              : outside.getMember(String.valueOf(i));
      modules.computeIfAbsent(each.module(), _ -> new HashMap<>()).put(each.name(), given);
    }
    Map<String, Object> proxies = new HashMap<>();
    modules.forEach((name, functions) -> proxies.put(name, ProxyObject.fromMap(functions)));
    return ProxyObject.fromMap(proxies);
  }

  /** Zeros would do but for Go, which asks for one open file after the other, and for a time. */
  private ProxyExecutable made(Import each, FunctionType type) {
    return switch (each.name()) {
      case "fd_prestat_get" -> _ -> BADF;
      case "clock_time_get" -> arguments -> tellTime(each.module(), arguments[2].asInt());
      default -> _ -> zero(type);
    };
  }

  /** Writes that it is one nanosecond after the beginning of time. */
  private int tellTime(String importModule, int at) {
    String service = importModule.endsWith("@subject") ? "subject." : "";
    byte[] nanoseconds = {1, 0, 0, 0, 0, 0, 0, 0};
    new GuestMemory(context, exports.getMember(service + "memory")).write(at, nanoseconds);
    return 0;
  }

  /** An instance with the memories, tables and globals that are imported; names are places. */
  private Value outside() {
    List<ExternalType.OfTable> tables = new ArrayList<>();
    List<ExternalType.OfMemory> memories = new ArrayList<>();
    List<Global> globals = new ArrayList<>();
    List<Export> given = new ArrayList<>();
    for (int i = 0; i < module.imports().size(); i++) {
      int index =
          switch (module.imports().get(i).type()) {
            case ExternalType.OfTable table -> added(tables, table);
            case ExternalType.OfMemory memory -> added(memories, memory);
            case ExternalType.OfGlobal global -> added(globals, new Global(global, zero(global)));
            case ExternalType.OfFunction _ -> -1;
          };
      if (index >= 0) {
        ExternalKind kind = module.imports().get(i).type().kind();
        given.add(new Export(String.valueOf(i), kind, index, Offset.NONE));
      }
    }
    WasmModule outside =
        new WasmModule(
            List.of(), List.of(), List.of(), tables, memories, globals, given, null, List.of(),
            List.of(), false, List.of());
    return instance(WasmWriter.write(outside), ProxyObject.fromMap(Map.of()));
  }

  private static <T> int added(List<T> things, T thing) {
    things.add(thing);
    return things.size() - 1;
  }

  private static Expression zero(ExternalType.OfGlobal global) {
    String code =
        switch (global.value()) {
          case I32 -> "41000b";
          case I64 -> "42000b";
          case F32 -> "43" + "00".repeat(4) + "0b";
          case F64 -> "44" + "00".repeat(8) + "0b";
          case V128 -> "fd0c" + "00".repeat(16) + "0b";
          case FUNCREF -> "d0700b";
          case EXTERNREF -> "d06f0b";
        };
    return new Expression(Bytes.of(HexFormat.of().parseHex(code)), Offset.NONE);
  }

  private Value instance(byte[] file, Object imports) {
    Source source =
        Source.newBuilder("wasm", ByteSequence.create(file), "bare").cached(false).buildLiteral();
    return context.eval(source).newInstance(imports).getMember("exports");
  }

  private static Object zero(FunctionType type) {
    return type.results().isEmpty() ? "" : number(type.results().getFirst(), 0);
  }

  private static Object number(ValueType type, int value) {
    return switch (type) {
      case I64 -> (long) value;
      case F32 -> (float) value;
      case F64 -> (double) value;
      default -> value;
    };
  }

  boolean exports(String name) {
    return module.export(name).isPresent();
  }

  /**
   * Calls each function that takes and gives numbers, by its export in the given order, some times
   * with different arguments, and answers what became of it.
   *
   * @param prefix of the names of its exports, here
   */
  List<String> callAll(String prefix, List<String> names) {
    List<String> told = new ArrayList<>();
    for (String name : names) {
      FunctionType type = module.exportedFunction(prefix + name).orElseThrow();
      for (int round = 0; round < 3; round++) {
        Object[] arguments = new Object[type.params().size()];
        for (int i = 0; i < arguments.length; i++) {
          arguments[i] = number(type.params().get(i), round * (i + 1));
        }
        told.add(name + " " + round + ": " + outcome(prefix + name, arguments));
      }
    }
    return told;
  }

  /** The exported functions over numbers, in their order. */
  static List<String> functions(WasmModule module) {
    return module.exports().stream()
        .filter(each -> each.kind() == ExternalKind.FUNCTION)
        .filter(each -> isOverNumbers(module.functionType(each.index())))
        .map(Export::name)
        .filter(name -> !name.equals("_initialize") && !name.equals("_start"))
        .toList();
  }

  private static boolean isOverNumbers(FunctionType type) {
    return Stream.concat(type.params().stream(), type.results().stream())
        .allMatch(ValueType::isNumber);
  }

  /** The result as text, or why there is none. */
  String outcome(String name, Object... arguments) {
    try {
      Value result = inTime(() -> exports.getMember(name).execute(arguments));
      List<String> results = new ArrayList<>();
      for (long i = 0; result.hasArrayElements() && i < result.getArraySize(); i++) {
        results.add(result.getArrayElement(i).toString());
      }
      return results.isEmpty() ? result.toString() : results.toString();
    } catch (PolyglotException e) {
      return "trap: " + reason(e);
    }
  }

  /** Without numbers and what winding adds to names. */
  static String reason(PolyglotException e) {
    return String.valueOf(e.getMessage())
        .replaceAll("@(subject|[0-9a-f]+)", "")
        .replaceAll("[0-9]+", "N");
  }

  void initialize() {
    if (exports("_initialize")) {
      inTime(() -> exports.getMember("_initialize").execute());
    }
  }

  /** A call of a method as the ABI has it, with the service's own allocator. */
  String call(String service, String method, byte[] request) {
    GuestMemory memory = new GuestMemory(context, exports.getMember(service + "memory"));
    Value alloc = exports.getMember(service + "parigot_alloc");
    int at = request.length == 0 ? 0 : inTime(() -> alloc.execute(request.length)).asInt();
    memory.guestHasRun();
    memory.write(at, request);
    long packed =
        inTime(() -> exports.getMember(service + method).execute(at, request.length)).asLong();
    memory.guestHasRun();
    int length = Packed.length(packed);
    byte[] answer = length == 0 ? new byte[0] : memory.read(Packed.pointer(packed), length);
    return (Packed.isError(packed) ? "error " : "response ") + new String(answer, ISO_8859_1);
  }

  private <T> T inTime(Supplier<T> action) {
    TimerTask close =
        new TimerTask() {
          @Override
          public void run() {
            context.close(true);
          }
        };
    TIMER.schedule(close, millis);
    try {
      return action.get();
    } finally {
      close.cancel();
    }
  }

  @Override
  public void close() {
    context.close(true);
  }
}
