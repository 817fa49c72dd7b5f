package dev.parigot.workbench;

import dev.parigot.source.SourceLine;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A line of a guest's stack, as a trap tells it.
 *
 * @param function its name, that of its service first where services were wound
 * @param place in the source, if it is known
 * @param more what else the line says: how often a recursion was in that function
 */
record Frame(String function, @Nullable SourceLine place, String more) {
  private static final Pattern LINE =
      Pattern.compile(" *(?:at )?(.*?)(?: \\(([^()]+):(\\d{1,9})\\))?( \\(\\d+ times\\))?");

  static Frame of(String line) {
    Matcher matcher = LINE.matcher(line);
    if (!matcher.matches()) {
      return new Frame(line.strip(), null, "");
    }
    String file = matcher.group(2);
    String more = matcher.group(4);
    return new Frame(
        matcher.group(1),
        file == null ? null : new SourceLine(file, Integer.parseInt(matcher.group(3))),
        more == null ? "" : more);
  }

  /** What of its name may be that of its service. */
  String service() {
    int dot = function.indexOf('.');
    return dot < 0 ? "" : function.substring(0, dot);
  }
}
