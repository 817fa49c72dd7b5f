package dev.parigot.http;

/**
 * An HTTP request, whole.
 *
 * @param target as it was sent: a path with its query, or an absolute URL
 * @param headers of the message; a {@code Content-Length} among them is not believed
 * @param body without its transfer coding
 */
public record HttpRequest(String method, String target, Headers headers, byte[] body) {
  /**
   * Reads a raw HTTP/1.1 message: a body has a {@code Content-Length} or is chunked.
   *
   * @throws MalformedMessage if it is none
   */
  public static HttpRequest read(byte[] message) {
    MessageReader reader = new MessageReader(message);
    String[] line = reader.line().split(" ", -1);
    if (line.length != 3
        || !MessageReader.isToken(line[0])
        || line[1].isEmpty()
        || !line[1].chars().allMatch(c -> c > ' ' && c < 0x7f)
        || !MessageReader.isVersion(line[2])) {
      throw new MalformedMessage(
          "it does not begin with a request line such as `GET /path HTTP/1.1`");
    }
    Headers headers = reader.headers();
    byte[] body = reader.framed(headers) ? reader.body(headers) : reader.nothing();
    return new HttpRequest(
        line[0], line[1], headers.withoutHopByHop().without("Content-Length"), body);
  }

  /** As a raw HTTP/1.1 message with a {@code Content-Length}. */
  public byte[] bytes() {
    return MessageWriter.write(method + " " + target + " HTTP/1.1", headers, body);
  }

  /** The target without its query, undecoded. */
  public String path() {
    int query = target.indexOf('?');
    return query < 0 ? target : target.substring(0, query);
  }

  /** Without its question mark; empty if there is none. */
  public String query() {
    int query = target.indexOf('?');
    return query < 0 ? "" : target.substring(query + 1);
  }
}
