package dev.parigot.cli;

import dev.parigot.replay.Replayed;
import java.io.PrintWriter;

/** What is printed of one step of a replay: a line if it went as it did, else how it differs. */
record ReplayLines(Replayed replayed) {
  void print(PrintWriter out) {
    out.println(
        "  %s  %s (%s)"
            .formatted(
                replayed.same() ? "ok  " : "FAIL", Printable.of(replayed.what()), replayed.as()));
    replayed.differences().forEach(line -> out.println("    " + Printable.of(line)));
    if (!replayed.same()) {
      TestLines.printLog(replayed.log(), out);
    }
  }
}
