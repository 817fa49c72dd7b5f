package dev.parigot.http;

/**
 * An HTTP response, whole. To HEAD the body is empty, and a {@code Content-Length} tells the length
 * that it would have had.
 *
 * @param status 200 to 599
 * @param body without its transfer coding
 */
public record HttpResponse(int status, Headers headers, byte[] body) {
  private static final byte[] NOTHING = {};

  /**
   * Reads a raw HTTP/1.1 message. Its body is chunked, has a {@code Content-Length}, or else goes
   * on to the end.
   *
   * @param method of the request that it answers
   * @throws MalformedMessage if it is none
   */
  public static HttpResponse read(byte[] message, String method) {
    MessageReader reader = new MessageReader(message);
    int status = status(reader.line());
    Headers headers = reader.headers();
    Headers kept = headers.withoutHopByHop();
    if (method.equals("HEAD")) {
      return new HttpResponse(status, kept, NOTHING);
    }
    boolean none = status == 204 || status == 304;
    byte[] body = none ? reader.nothing() : reader.body(headers);
    return new HttpResponse(status, kept.without("Content-Length"), body);
  }

  private static int status(String line) {
    String[] parts = line.split(" ", 3);
    if (parts.length < 2 || !MessageReader.isVersion(parts[0])) {
      throw new MalformedMessage("it does not begin with a status line such as `HTTP/1.1 200 OK`");
    }
    return status(parts[1], line);
  }

  /** Reads a status of three digits; {@code line} is where it stands. */
  static int status(String digits, String line) {
    int status = digits.matches("[0-9]{3}") ? Integer.parseInt(digits) : 0;
    if (status < 200 || status > 599) {
      throw new MalformedMessage(
          "`" + MessageReader.shown(line) + "` has no status from 200 to 599");
    }
    return status;
  }

  /** As a raw HTTP/1.1 message with a {@code Content-Length}. */
  public byte[] bytes() {
    return MessageWriter.write("HTTP/1.1 " + status + " ", headers, body);
  }
}
