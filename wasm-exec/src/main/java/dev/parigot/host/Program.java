package dev.parigot.host;

import dev.parigot.engine.Limits;
import dev.parigot.situation.Refused;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Map;

/** One run of a command: its input, its environment, and what it has written. */
public final class Program {
  private final byte[] input;
  private final Map<String, String> environment;
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private int at;

  public Program(byte[] input, Map<String, String> environment) {
    this.input = input;
    this.environment = environment;
  }

  /** What it has written to its standard output, 10 MiB at most. */
  public byte[] output() {
    return output.toByteArray();
  }

  Map<String, String> environment() {
    return environment;
  }

  byte[] read(int most) {
    int end = (int) Math.min(input.length, at + (long) most);
    byte[] bytes = Arrays.copyOfRange(input, at, end);
    at = end;
    return bytes;
  }

  void write(byte[] bytes) {
    if (output.size() + (long) bytes.length > Limits.MESSAGE_BYTES) {
      throw new Refused(413, "the command wrote more than 10 MiB");
    }
    output.writeBytes(bytes);
  }
}
