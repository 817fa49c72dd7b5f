package dev.parigot.replay;

import dev.parigot.local.Line;
import java.util.List;

/**
 * What came of something that happened in a recording when it happened again.
 *
 * @param what it was, such as {@code POST /cart/add}
 * @param as what came of it then
 * @param differences lines that tell how it is otherwise now; empty if it is as it was
 * @param log what the app wrote meanwhile
 */
public record Replayed(String what, String as, List<String> differences, List<Line> log) {
  public Replayed {
    differences = List.copyOf(differences);
    log = List.copyOf(log);
  }

  public boolean same() {
    return differences.isEmpty();
  }
}
