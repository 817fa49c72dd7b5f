package dev.parigot.workbench;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;

/**
 * A message of a queue, as it is stored.
 *
 * @param attempt the next one, from 1
 * @param due when that is to be made, in whole milliseconds
 */
record Message(String queue, String traceparent, int attempt, Instant due, byte[] content) {
  Message again(Instant later) {
    return new Message(queue, traceparent, attempt + 1, later, content);
  }

  byte[] bytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeUTF(queue);
      out.writeUTF(traceparent);
      out.writeInt(attempt);
      out.writeLong(due.toEpochMilli());
      out.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static Message of(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      return new Message(
          in.readUTF(),
          in.readUTF(),
          in.readInt(),
          Instant.ofEpochMilli(in.readLong()),
          in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException("the stored message is damaged", e);
    }
  }
}
