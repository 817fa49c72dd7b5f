package dev.parigot.browser;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An ES module with all that it imports, as one: a browser that gets them one by one has to read
 * each before it hears of the next. Each becomes a function that answers its exports, so that their
 * names stay apart; the first is left as it is.
 *
 * <p>It knows the one way in which modules are written here: an import or an export is a line of
 * its own, nothing is imported in a circle, and of {@code import.meta} the first module alone makes
 * use.
 */
public final class Bundle {
  private static final Pattern IMPORT =
      Pattern.compile("import (?:\\{ ([^}]*) }|\\* as (\\w+)) from '([^']+)';");
  private static final Pattern EXPORT =
      Pattern.compile("export ((?:async )?(?:class|function|const) (\\w+).*)");

  private final UnaryOperator<String> sources;
  private final Map<String, String> written = new LinkedHashMap<>();

  private Bundle(UnaryOperator<String> sources) {
    this.sources = sources;
  }

  /**
   * By their paths, each after those that it imports.
   *
   * @param sources the text of a module by its path
   * @param first the path of the one that imports the others
   */
  public static Bundle of(String first, UnaryOperator<String> sources) {
    Bundle bundle = new Bundle(sources);
    bundle.add(first, true);
    return bundle;
  }

  /** The paths of all modules in it. */
  Set<String> modules() {
    return written.keySet();
  }

  public String text() {
    return String.join("", written.values());
  }

  private void add(String path, boolean first) {
    StringBuilder body = new StringBuilder();
    List<String> exports = new ArrayList<>();
    for (String line : sources.apply(path).lines().toList()) {
      Matcher imported = IMPORT.matcher(line);
      Matcher exported = EXPORT.matcher(line);
      if (imported.matches()) {
        String other = URI.create(path).resolve(imported.group(3)).toString();
        if (!written.containsKey(other)) {
          add(other, false);
        }
        String names = imported.group(1);
        String local =
            names == null ? imported.group(2) : "{ " + names.replace(" as ", ": ") + " }";
        body.append("const " + local + " = " + variable(other) + ";\n");
      } else if (exported.matches()) {
        exports.add(exported.group(2));
        body.append(first ? line : exported.group(1)).append('\n');
      } else if (!line.equals("export {};")) {
        body.append(line).append('\n');
      }
    }
    written.put(path, first ? body.toString() : wrapped(path, body, exports));
  }

  private static String wrapped(String path, CharSequence body, List<String> exports) {
    return "const "
        + variable(path)
        + " = (() => {\n"
        + body
        + "return { "
        + String.join(", ", exports)
        + " };\n})();\n";
  }

  private static String variable(String path) {
    return "$" + path.replaceFirst("\\.js$", "").replaceAll("\\W", "_");
  }
}
