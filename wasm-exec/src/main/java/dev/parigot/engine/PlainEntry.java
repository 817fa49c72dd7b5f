package dev.parigot.engine;

import dev.parigot.contract.Method;
import dev.parigot.engine.CallOutcome.Failed;
import dev.parigot.engine.CallOutcome.Returned;
import dev.parigot.host.Packed;
import dev.parigot.wasm.FunctionType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.graalvm.polyglot.Value;

/** How calls enter a plain module: a JSON array of numbers in, another one out. */
final class PlainEntry implements Entry {
  private final Exports exports;
  private final Map<String, FunctionType> types;

  PlainEntry(Exports exports, List<Method> methods) {
    this.exports = exports;
    this.types = methods.stream().collect(Collectors.toMap(Method::name, Method::type));
  }

  @Override
  public CallOutcome call(String method, byte[] request) {
    FunctionType type = types.get(method);
    if (type == null) {
      return new Failed(404, "There is no export " + method + " that can be called");
    }
    Object[] arguments;
    try {
      arguments = NumberArray.read(new String(request, StandardCharsets.UTF_8), type.params());
    } catch (NumberArray.Mismatch e) {
      return new Failed(400, method + " takes " + type.params() + ": " + e.getMessage());
    }
    Value result = exports.get(method).execute(arguments);
    String json = NumberArray.write(values(result, type), type.results());
    return new Returned(json.getBytes(StandardCharsets.UTF_8));
  }

  private static List<Value> values(Value result, FunctionType type) {
    if (type.results().size() == 1) {
      return List.of(result);
    }
    List<Value> values = new ArrayList<>();
    for (int i = 0; i < type.results().size(); i++) {
      values.add(result.getArrayElement(i));
    }
    return values;
  }

  @Override
  public long give(byte[] bytes) {
    return bytes.length == 0 ? Packed.EMPTY : Packed.NO_ROOM;
  }

  @Override
  public long fail(int code, String message) {
    return Packed.NO_ROOM;
  }
}
