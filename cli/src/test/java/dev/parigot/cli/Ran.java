package dev.parigot.cli;

import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine;

/** What a run of the command printed, and its exit code. */
record Ran(int exit, String out, String errors) {
  static Ran parigot(String... arguments) {
    return in(Path.of(""), Map.of(), "", arguments);
  }

  /** In a folder, with an environment and a standard input of its own. */
  static Ran in(Path dir, Map<String, String> environment, String input, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter errors = new StringWriter();
    CommandLine line = new Parigot(dir, environment, new StringReader(input)).commandLine();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(errors));
    int exit = line.execute(arguments);
    return new Ran(exit, out.toString(), errors.toString());
  }
}
