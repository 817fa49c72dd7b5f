package dev.parigot.cli;

import dev.parigot.debug.Frames;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A debugger that follows a script: what an editor sends, and waits for, by the Debug Adapter
 * Protocol.
 */
final class DapClient implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private final List<JsonNode> unread = new ArrayList<>();
  private int sent;

  /** Connects, and does nothing more. */
  DapClient(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout((int) PATIENCE.toMillis());
    in = new BufferedInputStream(socket.getInputStream());
    out = socket.getOutputStream();
  }

  /** Attached, with a breakpoint. */
  static DapClient attached(int port, String file, int line) throws IOException {
    DapClient client = new DapClient(port);
    client.request(
        "initialize",
        "{\"adapterID\": \"parigot\", \"linesStartAt1\": true, \"pathFormat\": \"path\"}");
    client.event("initialized");
    client.request("attach", "{}");
    client.breakpoint(file, line);
    client.request("configurationDone", "{}");
    return client;
  }

  /** Breaks at that line of the file, and at no other one of it. */
  void breakpoint(String file, int line) throws IOException {
    request(
        "setBreakpoints",
        "{\"source\": {\"path\": %s}, \"breakpoints\": [{\"line\": %d}]}"
            .formatted(JSON.writeValueAsString(file), line));
  }

  /** The body of the answer. Fails if the request did. */
  JsonNode request(String command, String arguments) throws IOException {
    send(command, arguments);
    int sequence = sent;
    JsonNode response =
        await(each ->
            each.path("type").asString().equals("response")
                && each.path("request_seq").asInt() == sequence);
    if (!response.path("success").asBoolean()) {
      throw new IOException(command + " was refused: " + response);
    }
    return response.path("body");
  }

  void send(String command, String arguments) throws IOException {
    ObjectNode request = JSON.createObjectNode();
    request.put("seq", ++sent).put("type", "request").put("command", command);
    request.set("arguments", JSON.readTree(arguments));
    Frames.write(out, JSON.writeValueAsBytes(request));
  }

  /** The body of the next event of that name. */
  JsonNode event(String name) throws IOException {
    return await(each ->
            each.path("type").asString().equals("event")
                && each.path("event").asString().equals(name))
        .path("body");
  }

  /** Where the guest stopped. */
  Stop stopped() throws IOException {
    int thread = event("stopped").path("threadId").asInt();
    JsonNode frame =
        request("stackTrace", "{\"threadId\": " + thread + "}").path("stackFrames").path(0);
    return new Stop(
        thread,
        frame.path("id").asInt(),
        frame.path("source").path("path").asString(),
        frame.path("line").asInt());
  }

  /**
   * @param frame the innermost
   */
  record Stop(int thread, int frame, String file, int line) {
    /** The file and the line. */
    String at() {
      return file + ":" + line;
    }
  }

  /** What a debugger shows of a local variable. */
  String local(Stop stop, String name) throws IOException {
    for (JsonNode scope : request("scopes", "{\"frameId\": " + stop.frame() + "}").path("scopes")) {
      int reference = scope.path("variablesReference").asInt();
      for (JsonNode each :
          request("variables", "{\"variablesReference\": " + reference + "}").path("variables")) {
        if (each.path("name").asString().equals(name)) {
          return each.path("value").asString();
        }
      }
    }
    throw new AssertionError("there is no local " + name);
  }

  /** Goes on by {@code continue}, {@code next}, {@code stepIn} or {@code stepOut}. */
  void go(String how, Stop from) throws IOException {
    request(how, "{\"threadId\": " + from.thread() + "}");
  }

  private JsonNode await(Predicate<JsonNode> wanted) throws IOException {
    for (JsonNode each : unread) {
      if (wanted.test(each)) {
        unread.remove(each);
        return each;
      }
    }
    while (true) {
      JsonNode message = read();
      if (wanted.test(message)) {
        return message;
      }
      unread.add(message);
    }
  }

  private JsonNode read() throws IOException {
    byte[] message = Frames.read(in);
    if (message == null) {
      throw new IOException("the debug adapter hung up");
    }
    return JSON.readTree(message);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
