package dev.parigot.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One {@code .wast} file of the official test suite, its modules made binary by {@code wast2json}.
 * If that doesn't know all of the file's syntax, the file's forms are given to it one by one.
 */
final class Script {
  private static final Pattern HOLDS_MODULE =
      Pattern.compile("\\(\\s*(module|assert_\\w+\\s*\\(\\s*module)\\b(?!\\s+(quote|instance))");

  private final Path folder;
  private final List<Entry> entries = new ArrayList<>();
  private final List<String> skipped = new ArrayList<>();

  /**
   * A module of the script.
   *
   * @param type of the command that it stands in: {@code module}, {@code assert_invalid}
   * @param text the reason that an assertion expects
   */
  record Entry(String type, String text, byte[] file) {}

  private Script(Path folder) {
    this.folder = folder;
  }

  /** {@code folder} is an empty one, for files in between. */
  static Script read(Path wast, Path folder) throws IOException, InterruptedException {
    Script script = new Script(folder);
    // Each byte as a character: there are files whose text is no UTF-8.
    String text = Files.readString(wast, StandardCharsets.ISO_8859_1);
    if (!script.convert(text).isEmpty()) {
      script.convertForms(text);
    }
    return script;
  }

  List<Entry> entries() {
    return entries;
  }

  /** Why each form that holds a module could not be converted. */
  List<String> skipped() {
    return skipped;
  }

  private void convertForms(String text) throws IOException, InterruptedException {
    for (String form : forms(text)) {
      if (HOLDS_MODULE.matcher(form).lookingAt()) {
        String problem = convert(form.replaceFirst("\\(module\\s+definition\\b", "(module"));
        if (!problem.isEmpty()) {
          skipped.add(problem);
        }
      }
    }
  }

  /** Answers what is wrong, or nothing. */
  private String convert(String text) throws IOException, InterruptedException {
    Path wast = folder.resolve("script.wast");
    Path json = folder.resolve("script.json");
    Path output = folder.resolve("output");
    Files.writeString(wast, text, StandardCharsets.ISO_8859_1);
    int status =
        new ProcessBuilder("wast2json", "--enable-all", wast.toString(), "-o", json.toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start()
            .waitFor();
    if (status != 0) {
      Matcher error = Pattern.compile("error: (.*)").matcher(Files.readString(output));
      return error.find() ? error.group(1) : "wast2json ended with status " + status;
    }
    String commands = Files.readString(json, StandardCharsets.ISO_8859_1);
    for (JsonNode each : JsonMapper.shared().readTree(commands).get("commands")) {
      String file = each.path("filename").asString("");
      if (file.endsWith(".wasm")) {
        entries.add(
            new Entry(
                each.path("type").asString(),
                each.path("text").asString(""),
                Files.readAllBytes(folder.resolve(file))));
      }
    }
    return "";
  }

  /** The outermost parentheses and what they hold. */
  private static List<String> forms(String text) {
    List<String> forms = new ArrayList<>();
    int depth = 0;
    int from = 0;
    for (int at = 0; at < text.length(); at++) {
      if (text.startsWith(";;", at)) {
        at = indexOrEnd(text, "\n", at);
      } else if (text.startsWith("(;", at)) {
        at = endOfComment(text, at);
      } else if (text.charAt(at) == '"') {
        at = endOfString(text, at);
      } else if (text.charAt(at) == '(') {
        from = depth++ == 0 ? at : from;
      } else if (text.charAt(at) == ')' && --depth == 0) {
        forms.add(text.substring(from, at + 1));
      }
    }
    return forms;
  }

  private static int endOfComment(String text, int from) {
    int depth = 0;
    int at = from;
    do {
      if (text.startsWith("(;", at)) {
        depth++;
        at += 2;
      } else if (text.startsWith(";)", at)) {
        depth--;
        at += 2;
      } else {
        at++;
      }
    } while (depth > 0 && at < text.length());
    return at - 1;
  }

  private static int endOfString(String text, int from) {
    int at = from + 1;
    while (at < text.length() && text.charAt(at) != '"') {
      at += text.charAt(at) == '\\' ? 2 : 1;
    }
    return at;
  }

  private static int indexOrEnd(String text, String end, int from) {
    int at = text.indexOf(end, from);
    return at < 0 ? text.length() : at;
  }
}
