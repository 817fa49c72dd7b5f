package dev.parigot.host;

import dev.parigot.situation.LogSink;

/** Streams that go to the log line by line, the output as info and the errors as warnings. */
final class LoggedStdio implements Stdio {
  private static final int INFO = 2;
  private static final int WARNING = 3;
  private static final byte[] END = {};

  private final LineLog out;
  private final LineLog error;

  LoggedStdio(Gate gate, LogSink log) {
    this.out = lines(gate, log, INFO);
    this.error = lines(gate, log, WARNING);
  }

  private static LineLog lines(Gate gate, LogSink log, int level) {
    return new LineLog(
        line -> LogImports.write(gate, log, WasiImports.NAME, "fd_write", level, line));
  }

  @Override
  public byte[] read(int most) {
    return END;
  }

  @Override
  public void writeOut(byte[] bytes) {
    out.write(bytes);
  }

  @Override
  public void writeError(byte[] bytes) {
    error.write(bytes);
  }

  @Override
  public void flush() {
    out.flush();
    error.flush();
  }
}
