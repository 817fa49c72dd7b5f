package dev.parigot.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads the parts of a message in their order. Lines end with CR LF, or with LF alone. Its start
 * line and headers have 64 KiB at most.
 */
final class MessageReader {
  private static final int HEAD_BYTES = 64 << 10;
  private static final int SHOWN = 60;
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
  private static final Pattern VERSION = Pattern.compile("HTTP/1\\.[01]");

  private final byte[] message;
  private int at;

  MessageReader(byte[] message) {
    this.message = message;
  }

  static boolean isToken(String text) {
    return TOKEN.matcher(text).matches();
  }

  static boolean isVersion(String text) {
    return VERSION.matcher(text).matches();
  }

  /** A line for a message to a person, cut, and without what could spoil a terminal. */
  static String shown(String line) {
    String text = line.length() > SHOWN ? line.substring(0, SHOWN) + "…" : line;
    return text.codePoints()
        .mapToObj(c -> Character.isISOControl(c) ? "?" : Character.toString(c))
        .collect(Collectors.joining());
  }

  /** The next line, without its end. */
  String line() {
    int end = at;
    while (end < message.length && message[end] != '\n') {
      end++;
    }
    if (end == message.length || end > HEAD_BYTES + at) {
      throw new MalformedMessage(
          end == message.length
              ? "its headers have no end: an empty line is missing"
              : "its headers are longer than 64 KiB");
    }
    int stop = end > at && message[end - 1] == '\r' ? end - 1 : end;
    String line = new String(message, at, stop - at, StandardCharsets.ISO_8859_1);
    at = end + 1;
    return line;
  }

  /** The fields up to the empty line that ends them. */
  Headers headers() {
    int begin = at;
    List<Headers.Field> fields = new ArrayList<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      fields.add(field(line));
      if (at - begin > HEAD_BYTES) {
        throw new MalformedMessage("its headers are longer than 64 KiB");
      }
    }
    return new Headers(fields);
  }

  private static Headers.Field field(String line) {
    int colon = line.indexOf(':');
    String name = colon < 0 ? "" : line.substring(0, colon);
    String value = line.substring(colon + 1).strip();
    if (!isToken(name) || !value.chars().allMatch(MessageReader::mayBeInValue)) {
      throw new MalformedMessage("`" + shown(line) + "` is no header");
    }
    return new Headers.Field(name, value);
  }

  private static boolean mayBeInValue(int c) {
    return c == '\t' || c >= ' ' && c != 0x7f;
  }

  /** Whether headers say where the body ends. */
  boolean framed(Headers headers) {
    return headers.has("Transfer-Encoding") || headers.has("Content-Length");
  }

  /** The body, as the headers frame it, else all the rest. */
  byte[] body(Headers headers) {
    List<String> codings = headers.tokens("Transfer-Encoding");
    if (!codings.isEmpty()) {
      if (!codings.equals(List.of("chunked"))) {
        throw new MalformedMessage("its transfer coding is " + codings + "; only chunked is known");
      }
      return chunks();
    }
    Set<String> lengths = new TreeSet<>(headers.tokens("Content-Length"));
    if (lengths.isEmpty()) {
      return rest();
    }
    int length = length(lengths);
    byte[] rest = rest();
    if (rest.length != length) {
      throw new MalformedMessage(
          "its body has " + rest.length + " bytes, but its Content-Length is " + length);
    }
    return rest;
  }

  private static int length(Set<String> lengths) {
    String length = lengths.iterator().next();
    if (lengths.size() > 1 || !length.matches("[0-9]{1,9}")) {
      throw new MalformedMessage("its Content-Length is " + lengths);
    }
    return Integer.parseInt(length);
  }

  /** No body. */
  byte[] nothing() {
    byte[] rest = rest();
    if (rest.length > 0) {
      throw new MalformedMessage(
          "it has " + rest.length + " bytes behind its headers, where no body can be");
    }
    return rest;
  }

  byte[] rest() {
    byte[] rest = Arrays.copyOfRange(message, at, message.length);
    at = message.length;
    return rest;
  }

  private byte[] chunks() {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int size = chunkSize(); size > 0; size = chunkSize()) {
      if (size > message.length - at) {
        throw new MalformedMessage("a chunk of its body is cut off");
      }
      body.write(message, at, size);
      at += size;
      if (!line().isEmpty()) {
        throw new MalformedMessage("a chunk of its body is longer than it says");
      }
    }
    // Trailers are fields that came too late to be used.
    headers();
    nothing();
    return body.toByteArray();
  }

  private int chunkSize() {
    String digits = line().split(";", 2)[0].strip();
    if (!digits.matches("[0-9A-Fa-f]{1,7}")) {
      throw new MalformedMessage("a chunk of its body has no size");
    }
    return Integer.parseInt(digits, 16);
  }
}
