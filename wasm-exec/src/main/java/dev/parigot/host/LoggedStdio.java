package dev.parigot.host;

/** Streams that go to the log line by line, the output as info and the errors as warnings. */
final class LoggedStdio implements Stdio {
  private static final int INFO = 2;
  private static final int WARNING = 3;
  private static final byte[] END = {};

  private final LineLog out;
  private final LineLog error;

  LoggedStdio(CallLog log) {
    this.out = lines(log, INFO);
    this.error = lines(log, WARNING);
  }

  private static LineLog lines(CallLog log, int level) {
    return new LineLog(line -> log.write(WasiImports.NAME, "fd_write", level, line));
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
