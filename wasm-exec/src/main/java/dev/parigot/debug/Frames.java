package dev.parigot.debug;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Messages of the Debug Adapter Protocol in a stream: JSON, each after a header with its length.
 */
public final class Frames {
  private static final String LENGTH = "content-length:";
  private static final int LONGEST_LINE = 1000;
  private static final int LONGEST_MESSAGE = 64 << 20;

  private Frames() {}

  /** The next message; null at the end of the stream, be it inside a message. */
  public static byte @Nullable [] read(InputStream in) throws IOException {
    int length = -1;
    while (true) {
      String line = line(in);
      if (line == null) {
        return null;
      }
      if (line.isEmpty() && length >= 0) {
        byte[] message = in.readNBytes(length);
        return message.length < length ? null : message;
      }
      if (line.toLowerCase(Locale.ROOT).startsWith(LENGTH)) {
        length = length(line.substring(LENGTH.length()).strip());
      }
    }
  }

  private static int length(String text) throws IOException {
    try {
      int length = Integer.parseInt(text);
      if (length >= 0 && length <= LONGEST_MESSAGE) {
        return length;
      }
    } catch (NumberFormatException e) {
      // Told below.
    }
    throw new IOException("\"" + text + "\" is no length of a message of a debugger");
  }

  private static @Nullable String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        return null;
      }
      if (line.length() == LONGEST_LINE) {
        throw new IOException("this is no debugger that speaks the Debug Adapter Protocol");
      }
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }

  public static void write(OutputStream out, byte[] message) throws IOException {
    byte[] header =
        ("Content-Length: " + message.length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
    synchronized (out) {
      out.write(header);
      out.write(message);
      out.flush();
    }
  }
}
