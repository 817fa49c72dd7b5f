package dev.parigot.host;

import java.util.Map;

/** The streams of the program that is run: its errors go to the log line by line. */
final class CommandStdio implements Stdio {
  private final Stdio log;
  private Program program = new Program(new byte[0], Map.of());

  CommandStdio(CallLog log) {
    this.log = new LoggedStdio(log);
  }

  void begin(Program next) {
    program = next;
  }

  Map<String, String> environment() {
    return program.environment();
  }

  @Override
  public byte[] read(int most) {
    return program.read(most);
  }

  @Override
  public void writeOut(byte[] bytes) {
    program.write(bytes);
  }

  @Override
  public void writeError(byte[] bytes) {
    log.writeError(bytes);
  }

  @Override
  public void flush() {
    log.flush();
  }
}
