package dev.parigot.http;

import java.nio.charset.StandardCharsets;

/** Writes messages as HTTP/1.1 has them. */
final class MessageWriter {
  private MessageWriter() {}

  static byte[] write(String startLine, Headers headers, byte[] body) {
    StringBuilder head = new StringBuilder(startLine).append("\r\n");
    for (Headers.Field field : headers.without("Content-Length").fields()) {
      head.append(field.name()).append(": ").append(field.value()).append("\r\n");
    }
    head.append("Content-Length: ").append(body.length).append("\r\n\r\n");
    byte[] bytes = head.toString().getBytes(StandardCharsets.ISO_8859_1);
    byte[] message = new byte[bytes.length + body.length];
    System.arraycopy(bytes, 0, message, 0, bytes.length);
    System.arraycopy(body, 0, message, bytes.length, body.length);
    return message;
  }
}
