package dev.parigot.engine;

import dev.parigot.contract.AbiFunction;
import dev.parigot.wasm.Bytes;
import dev.parigot.wasm.Export;
import dev.parigot.wasm.Expression;
import dev.parigot.wasm.ExternalKind;
import dev.parigot.wasm.ExternalType;
import dev.parigot.wasm.Function;
import dev.parigot.wasm.FunctionType;
import dev.parigot.wasm.Import;
import dev.parigot.wasm.Offset;
import dev.parigot.wasm.ValueType;
import dev.parigot.wasm.WasmModule;
import dev.parigot.wasm.WasmWriter;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** Puts a service together that has one page of memory and one method. */
final class MadeService {
  /** Begins as those of test modules do. */
  static final String METHOD = "testCall";

  private static final FunctionType ALLOC =
      new FunctionType(List.of(ValueType.I32), List.of(ValueType.I32));
  private static final FunctionType CALL =
      new FunctionType(List.of(ValueType.I32, ValueType.I32), List.of(ValueType.I64));
  private static final FunctionType NOTHING = new FunctionType(List.of(), List.of());

  private final List<Import> imports = new ArrayList<>();
  private final List<Function> functions = new ArrayList<>();
  private FunctionType imported = NOTHING;
  private Bytes body = code(0x42, 0);

  MadeService() {
    functions.add(new Function(0, expression(code(0x41, 0x80, 0x08))));
  }

  /**
   * A service whose method takes the arguments of an import out of its request, 8 bytes each, calls
   * it and returns nothing.
   */
  static MadeService calling(AbiFunction wanted) {
    MadeService made = new MadeService();
    made.imported = wanted.type();
    made.imports.add(
        new Import(
            wanted.module().replace("*", "other"),
            wanted.name().replace("*", "echo"),
            new ExternalType.OfFunction(3),
            Offset.NONE));
    ByteArrayOutputStream code = new ByteArrayOutputStream();
    int offset = 0;
    for (ValueType param : wanted.type().params()) {
      code.writeBytes(new byte[] {0x20, 0});
      code.writeBytes(
          param == ValueType.I64
              ? new byte[] {0x29, 3, (byte) offset}
              : new byte[] {0x28, 2, (byte) offset});
      offset += Long.BYTES;
    }
    code.writeBytes(new byte[] {0x10, 0});
    wanted.type().results().forEach(_ -> code.write(0x1a));
    code.writeBytes(new byte[] {0x42, 0});
    made.body = code(code.toByteArray());
    return made;
  }

  /** One more function, which nobody calls. */
  void function() {
    functions.add(new Function(2, expression(code())));
  }

  byte[] bytes() {
    List<Function> all = new ArrayList<>(functions);
    all.add(new Function(1, expression(body)));
    return WasmWriter.write(
        new WasmModule(
            List.of(ALLOC, CALL, NOTHING, imported),
            imports,
            all,
            List.of(),
            List.of(new ExternalType.OfMemory(new dev.parigot.wasm.Limits(1, null))),
            List.of(),
            List.of(
                new Export("memory", ExternalKind.MEMORY, 0, Offset.NONE),
                new Export("parigot_alloc", ExternalKind.FUNCTION, imports.size(), Offset.NONE),
                new Export(
                    METHOD, ExternalKind.FUNCTION, imports.size() + all.size() - 1, Offset.NONE)),
            null,
            List.of(),
            List.of(),
            false,
            List.of()));
  }

  private static Expression expression(Bytes code) {
    return new Expression(code, Offset.NONE);
  }

  /** A function without local variables. */
  private static Bytes code(int... instructions) {
    byte[] bytes = new byte[instructions.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) instructions[i];
    }
    return code(bytes);
  }

  private static Bytes code(byte[] instructions) {
    byte[] bytes = new byte[instructions.length + 2];
    System.arraycopy(instructions, 0, bytes, 1, instructions.length);
    bytes[bytes.length - 1] = 0x0b;
    return Bytes.of(bytes);
  }
}
