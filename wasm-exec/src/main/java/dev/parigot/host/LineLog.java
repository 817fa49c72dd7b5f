package dev.parigot.host;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** A stream of bytes told line by line. A line of over 16 KiB is told in pieces. */
final class LineLog {
  private final Consumer<String> lines;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  LineLog(Consumer<String> lines) {
    this.lines = lines;
  }

  void write(byte[] bytes) {
    for (byte each : bytes) {
      if (each == '\n') {
        endLine();
      } else {
        line.write(each);
        if (line.size() == CallLog.LINE_BYTES) {
          endLine();
        }
      }
    }
  }

  /** Tells what has no line end yet. */
  void flush() {
    if (line.size() > 0) {
      endLine();
    }
  }

  private void endLine() {
    String text = line.toString(StandardCharsets.UTF_8);
    line.reset();
    lines.accept(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
  }
}
