package dev.parigot.web.gatewayhttp;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;

/**
 * The response of a request that is answered after its thread has gone. When the client goes, the
 * server ends the request by itself and gives its objects to the next one: whoever held them would
 * write into the response of somebody else, or end it. So all that touches them goes through here,
 * and nothing does after they have gone. Thread-safe.
 */
final class LateResponse implements AutoCloseable {
  private final AsyncContext context;
  private final HttpServletResponse response;
  private boolean over;

  private LateResponse(AsyncContext context, HttpServletResponse response) {
    this.context = context;
    this.response = response;
  }

  /** What is written to a response, which is there for as long as this runs. */
  @FunctionalInterface
  interface Part {
    void writeTo(HttpServletResponse response) throws IOException;
  }

  /** Lets a request go on after its thread, for as long as that takes. */
  static LateResponse of(HttpServletRequest request, HttpServletResponse response) {
    AsyncContext context = request.startAsync();
    context.setTimeout(0);
    LateResponse late = new LateResponse(context, response);
    context.addListener(late.new End());
    return late;
  }

  /** An {@code IOException} if the client has gone, now or before. */
  synchronized void write(Part part) throws IOException {
    if (over) {
      throw new IOException("the client has gone");
    }
    try {
      part.writeTo(response);
    } catch (IOException e) {
      // The server ends the request, on a thread of its own.
      over = true;
      throw e;
    }
  }

  /** The body, as a stream that what else is written to the response goes well with. */
  OutputStream body() {
    return new Body();
  }

  /** Nothing more will be written. */
  @Override
  public synchronized void close() {
    if (!over) {
      over = true;
      context.complete();
    }
  }

  private synchronized void end() {
    over = true;
  }

  private final class Body extends OutputStream {
    @Override
    public void write(int one) throws IOException {
      LateResponse.this.write(to -> to.getOutputStream().write(one));
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      LateResponse.this.write(to -> to.getOutputStream().write(bytes, offset, length));
    }

    @Override
    public void flush() throws IOException {
      LateResponse.this.write(to -> to.getOutputStream().flush());
    }
  }

  private final class End implements AsyncListener {
    @Override
    public void onComplete(AsyncEvent event) {
      end();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
      end();
    }

    /** Without this word the server would write a page of errors, to nobody. */
    @Override
    public void onError(AsyncEvent event) {
      end();
      event.getAsyncContext().complete();
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
      // A request goes on once.
    }
  }
}
