package dev.parigot.web.api;

import dev.parigot.problem.Problem;
import dev.parigot.web.problem.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Pattern;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;

/** Keeps the bodies of API requests from filling the memory: JSON is small, files are not. */
public final class BodyLimit extends OncePerRequestFilter {
  private static final long JSON_BYTES = 1L << 20;
  private static final long ARCHIVE_BYTES = 512L << 20;
  private static final long FILE_BYTES = 64L << 20;

  /** 20,000 paths and their digests; the starting data of a demo. */
  private static final long LIST_BYTES = 8L << 20;

  /** The ABI's limit of a request. */
  private static final long CALL_BYTES = 10L << 20;

  private static final Pattern CALL = Pattern.compile("/services/[^/]+/methods/[^/]+$");

  private final ProblemWriter problems;

  public BodyLimit(ProblemWriter problems) {
    this.problems = problems;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    long limit = limit(request);
    if (request.getContentLengthLong() > limit) {
      response.setHeader("Connection", "close");
      problems.json(response, tooLarge(limit));
    } else {
      chain.doFilter(new Limited(request, limit), response);
    }
  }

  private static long limit(HttpServletRequest request) {
    String path = request.getRequestURI();
    if (CALL.matcher(path).find()) {
      return CALL_BYTES;
    }
    if (path.endsWith("/releases")) {
      String type = String.valueOf(request.getContentType());
      return type.startsWith(MediaType.APPLICATION_JSON_VALUE) ? LIST_BYTES : ARCHIVE_BYTES;
    }
    if (path.endsWith("/uploads") || path.endsWith("/demos")) {
      return LIST_BYTES;
    }
    return path.contains("/blobs/") ? FILE_BYTES : JSON_BYTES;
  }

  private static Problem tooLarge(long limit) {
    return Problem.user(
        413,
        "request-too-large",
        "The request's body is larger than the " + (limit >> 20) + " MiB allowed here.",
        "Send less at once.");
  }

  private static final class Limited extends HttpServletRequestWrapper {
    private final long limit;

    Limited(HttpServletRequest request, long limit) {
      super(request);
      this.limit = limit;
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
      return new LimitedStream(super.getInputStream(), limit);
    }
  }

  /** Fails with the problem as soon as more than the limit was read. */
  private static final class LimitedStream extends ServletInputStream {
    private final ServletInputStream in;
    private final long limit;
    private long count;

    LimitedStream(ServletInputStream in, long limit) {
      this.in = in;
      this.limit = limit;
    }

    @Override
    public int read() throws IOException {
      int value = in.read();
      count(value < 0 ? 0 : 1);
      return value;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read = in.read(bytes, offset, length);
      count(Math.max(0, read));
      return read;
    }

    private void count(int bytes) {
      count += bytes;
      if (count > limit) {
        throw tooLarge(limit);
      }
    }

    @Override
    public boolean isFinished() {
      return in.isFinished();
    }

    @Override
    public boolean isReady() {
      return in.isReady();
    }

    @Override
    public void setReadListener(ReadListener listener) {
      in.setReadListener(listener);
    }
  }
}
