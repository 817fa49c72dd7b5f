package dev.parigot.git;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;

/**
 * The response to a git client, which remembers whether the client went away. JGit ignores failures
 * to write messages, so that they are noticed below it.
 */
final class Client extends HttpServletResponseWrapper {
  private volatile boolean gone;

  Client(HttpServletResponse response) {
    super(response);
  }

  boolean gone() {
    return gone;
  }

  @Override
  public ServletOutputStream getOutputStream() throws IOException {
    return new Watched(super.getOutputStream());
  }

  private final class Watched extends ServletOutputStream {
    private final ServletOutputStream out;

    Watched(ServletOutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
      try {
        out.write(b);
      } catch (IOException e) {
        gone = true;
        throw e;
      }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      try {
        out.write(bytes, offset, length);
      } catch (IOException e) {
        gone = true;
        throw e;
      }
    }

    @Override
    public void flush() throws IOException {
      try {
        out.flush();
      } catch (IOException e) {
        gone = true;
        throw e;
      }
    }

    @Override
    public void close() throws IOException {
      out.close();
    }

    @Override
    public boolean isReady() {
      return out.isReady();
    }

    @Override
    public void setWriteListener(WriteListener listener) {
      out.setWriteListener(listener);
    }
  }
}
