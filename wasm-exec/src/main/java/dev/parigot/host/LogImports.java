package dev.parigot.host;

import dev.parigot.situation.LogSink;
import java.nio.charset.StandardCharsets;
import org.graalvm.polyglot.proxy.ProxyExecutable;
import org.jspecify.annotations.Nullable;

/** {@code parigot:log}: a service's log lines. */
final class LogImports implements ImportModule {
  static final String NAME = "parigot:log";

  /** A longer line is cut: a guest must not fill the host's memory with one. */
  static final int LINE_BYTES = 64 << 10;

  private final Gate gate;
  private final LogSink log;

  LogImports(Gate gate, LogSink log) {
    this.gate = gate;
    this.log = log;
  }

  @Override
  public @Nullable ProxyExecutable function(String name) {
    if (!name.equals("write")) {
      return null;
    }
    return arguments -> {
      int level = Math.clamp(arguments[0].asInt(), 0, 4);
      int pointer = arguments[1].asInt();
      int length = arguments[2].asInt();
      GuestMemory memory = gate.guest().memory();
      memory.check(pointer, length);
      boolean cut = Integer.compareUnsigned(length, LINE_BYTES) > 0;
      byte[] line = memory.read(pointer, cut ? LINE_BYTES : length);
      String text = new String(line, StandardCharsets.UTF_8) + (cut ? " …" : "");
      write(gate, log, NAME, name, level, text);
      return null;
    };
  }

  static void write(Gate gate, LogSink log, String module, String name, int level, String message) {
    Guest guest = gate.guest();
    String call = guest.initializing() ? "" : guest.call().id();
    gate.pass(
        module,
        name,
        () -> {
          log.write(guest.call().service(), guest.instance(), level, message, call);
          return null;
        });
  }
}
