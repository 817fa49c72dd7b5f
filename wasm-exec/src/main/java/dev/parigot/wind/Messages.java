package dev.parigot.wind;

import dev.parigot.wasm.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** The texts of the errors that thunks answer, one after the other in one data segment. */
final class Messages {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final Map<String, Text> texts = new HashMap<>();

  /** Where a text lies in the segment, in bytes. */
  record Text(int at, int length) {}

  Text text(String text) {
    return texts.computeIfAbsent(
        text,
        _ -> {
          byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
          Text place = new Text(bytes.size(), encoded.length);
          bytes.writeBytes(encoded);
          return place;
        });
  }

  Bytes segment() {
    return Bytes.of(bytes.toByteArray());
  }
}
