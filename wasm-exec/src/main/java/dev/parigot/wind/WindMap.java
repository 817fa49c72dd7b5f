package dev.parigot.wind;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Leads from each place in the code of a wound module to where it came from. Offsets are in bytes
 * from the start of a file.
 *
 * @param digests of the parts' files, by the parts' names, in their order
 * @param functions those that the wound module defines, in their order
 */
public record WindMap(Map<String, String> digests, List<Function> functions) {
  public WindMap {
    digests = Collections.unmodifiableMap(new LinkedHashMap<>(digests));
    functions = List.copyOf(functions);
  }

  /**
   * A function of the wound module.
   *
   * @param index its index there
   * @param offset where its code begins there
   * @param origin what it was, or null if winding made it
   */
  public record Function(int index, String name, long offset, @Nullable Origin origin) {}

  /**
   * What a function was in its part.
   *
   * @param offset where its code began
   * @param shifts pairs of numbers: from so many bytes into the wound code on, the origin lies so
   *     many bytes into the original code; before the first pair both are the same
   */
  public record Origin(String part, int index, long offset, List<Integer> shifts) {
    public Origin {
      shifts = List.copyOf(shifts);
    }

    /** Where in the part's file lies what lies so many bytes into the wound code. */
    public long at(int position) {
      int to = 0;
      int from = 0;
      for (int i = 0; i < shifts.size() && shifts.get(i) <= position; i += 2) {
        to = shifts.get(i);
        from = shifts.get(i + 1);
      }
      return offset + from + (position - to);
    }
  }
}
