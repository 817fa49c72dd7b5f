package dev.parigot.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/** What a run of the command printed, and its exit code. */
record Ran(int exit, String out, String errors) {
  static Ran parigot(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter errors = new StringWriter();
    CommandLine line = Parigot.commandLine();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(errors));
    int exit = line.execute(arguments);
    return new Ran(exit, out.toString(), errors.toString());
  }
}
