package dev.parigot.cli.platform;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A server-sent event.
 *
 * @param id what resumes the stream behind it, or empty
 * @param name {@code message} unless the server says otherwise
 */
public record Event(String id, String name, String data) {
  /** Reads events until the stream ends; one that it ends within is none. */
  static void read(BufferedReader lines, Consumer<Event> reader) throws IOException {
    String id = "";
    String name = "message";
    StringBuilder data = new StringBuilder();
    for (@Nullable String line = lines.readLine(); line != null; line = lines.readLine()) {
      int colon = line.indexOf(':');
      String field = colon < 0 ? line : line.substring(0, colon);
      String value = colon < 0 ? "" : line.substring(colon + 1).replaceFirst("^ ", "");
      switch (field) {
        case "id" -> id = value;
        case "event" -> name = value;
        case "data" -> data.append(data.isEmpty() ? "" : "\n").append(value);
        default -> {
          if (line.isEmpty()) {
            if (!data.isEmpty()) {
              reader.accept(new Event(id, name, data.toString()));
            }
            name = "message";
            data.setLength(0);
          }
        }
      }
    }
  }
}
