package dev.parigot.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Locale;

/** One kept connection that calls a method of an app, and takes as little time for it as it can. */
final class Caller implements AutoCloseable {
  private static final String LENGTH = "content-length:";
  private static final String LAST = "connection: close";

  private final int port;
  private final byte[] request;
  private Socket socket;
  private InputStream in;

  Caller(int port, String host, String method, int bytes) throws IOException {
    this.port = port;
    this.socket = connection(port);
    this.in = new BufferedInputStream(socket.getInputStream());
    byte[] head =
        "POST /%s HTTP/1.1\r\nHost: %s\r\nContent-Length: %d\r\n\r\n"
            .formatted(method, host, bytes)
            .getBytes(US_ASCII);
    this.request = new byte[head.length + bytes];
    System.arraycopy(head, 0, request, 0, head.length);
  }

  private static Socket connection(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    return socket;
  }

  /**
   * Calls once, and answers the status. Makes a new connection if the server has ended this one.
   */
  int call() throws IOException {
    if (socket.isClosed()) {
      socket = connection(port);
      in = new BufferedInputStream(socket.getInputStream());
    }
    socket.getOutputStream().write(request);
    String status = line();
    int length = 0;
    boolean last = false;
    for (String field = line(); !field.isEmpty(); field = line()) {
      last |= field.toLowerCase(Locale.ROOT).equals(LAST);
      if (field.toLowerCase(Locale.ROOT).startsWith(LENGTH)) {
        length = Integer.parseInt(field.substring(LENGTH.length()).strip());
      }
    }
    in.skipNBytes(length);
    if (last) {
      socket.close();
    }
    return Integer.parseInt(status.substring("HTTP/1.1 ".length(), "HTTP/1.1 ".length() + 3));
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("The server has closed the connection");
      }
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
