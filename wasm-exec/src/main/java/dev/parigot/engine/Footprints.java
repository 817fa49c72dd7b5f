package dev.parigot.engine;

import dev.parigot.wasm.Trail;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import org.graalvm.polyglot.Value;

/**
 * The trail that a guest leaves behind ({@link Trail}), read when it has trapped.
 *
 * @param exports of its instance
 * @param lines tells of each place the line of its source, or nothing
 */
record Footprints(Value exports, LongFunction<String> lines) {
  private static final int PLACE_BYTES = 4;

  /**
   * Where the functions of a stack stood, innermost first; empty if there is no telling.
   *
   * @param functions how many functions of the guest the stack has
   */
  List<String> lines(int functions) {
    Value calls = exports.getMember(Trail.CALLS);
    int depth = number(Trail.DEPTH) / PLACE_BYTES;
    List<String> places = new ArrayList<>();
    if (functions == depth + 1) {
      places.add(lines.apply(number(Trail.HERE)));
    } else if (functions != depth) {
      return List.of();
    }
    // In an import, the innermost function stands at the call of it.
    for (int i = depth - 1; i >= 0; i--) {
      places.add(
          lines.apply(
              calls.readBufferInt(ByteOrder.LITTLE_ENDIAN, (long) i * PLACE_BYTES) & 0xffffffffL));
    }
    return places;
  }

  private int number(String global) {
    Value value = exports.getMember(global);
    return value.fitsInInt() ? value.asInt() : value.getMember("value").asInt();
  }
}
