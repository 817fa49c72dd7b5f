package dev.parigot.host;

/** The standard streams of a guest, as WASI's file descriptors 0, 1 and 2. */
interface Stdio {
  /** The next bytes of the input, at most {@code most}; none at its end. */
  byte[] read(int most);

  void writeOut(byte[] bytes);

  void writeError(byte[] bytes);

  /** To be called when a call has ended: tells what is still held back. */
  void flush();
}
