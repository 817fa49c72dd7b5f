package dev.parigot.engine;

import dev.parigot.engine.CallOutcome.Failed;
import dev.parigot.engine.CallOutcome.Returned;
import dev.parigot.host.GuestStop;
import dev.parigot.host.Imports;
import dev.parigot.host.Program;
import dev.parigot.http.Cgi;
import dev.parigot.http.HttpRequest;
import dev.parigot.http.MalformedMessage;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.graalvm.polyglot.PolyglotException;
import org.jspecify.annotations.Nullable;

/**
 * How the one call enters a command: an HTTP request becomes the input and the environment of a CGI
 * program, and the response is what that writes.
 */
final class CommandEntry implements Entry {
  private final Exports exports;
  private final String service;
  private final Map<String, String> configuration;
  private final List<String> starters;
  private final Imports imports;
  private final @Nullable Room room;

  /**
   * @param starters the exports to be called before {@code _start}
   * @param room null if the command has no allocator
   */
  CommandEntry(
      Exports exports,
      String service,
      Map<String, String> configuration,
      List<String> starters,
      Imports imports,
      @Nullable Room room) {
    this.exports = exports;
    this.service = service;
    this.configuration = configuration;
    this.starters = starters;
    this.imports = imports;
    this.room = room;
  }

  @Override
  public CallOutcome call(String method, byte[] request) {
    if (!method.equals("http")) {
      return new Failed(404, "A command has no method " + method);
    }
    Program program;
    try {
      program = program(HttpRequest.read(request));
    } catch (MalformedMessage e) {
      return new Failed(400, "The request is no HTTP message: " + e.reason());
    }
    imports.begin(program);
    try {
      starters.forEach(each -> exports.get(each).executeVoid());
      exports.get("_start").executeVoid();
    } catch (PolyglotException e) {
      if (!endedWell(e)) {
        throw e;
      }
    }
    return new Returned(program.output());
  }

  private Program program(HttpRequest request) {
    Map<String, String> environment = new TreeMap<>(configuration);
    environment.putAll(Cgi.variables(request, service));
    return new Program(request.body(), environment);
  }

  private static boolean endedWell(PolyglotException thrown) {
    return thrown.isHostException()
        && thrown.asHostException() instanceof GuestStop.Exit exit
        && exit.status() == 0;
  }

  @Override
  public long give(byte[] bytes) {
    return withRoom().give(bytes);
  }

  @Override
  public long fail(int code, String message) {
    return withRoom().fail(code, message);
  }

  private Room withRoom() {
    if (room == null) {
      throw new GuestStop.Trap("the command exports no parigot_alloc");
    }
    return room;
  }
}
