package dev.parigot.host;

import org.graalvm.polyglot.proxy.ProxyExecutable;
import org.jspecify.annotations.Nullable;

/** {@code parigot:log}: a service's log lines. */
final class LogImports implements ImportModule {
  static final String NAME = "parigot:log";

  private final Gate gate;
  private final CallLog log;

  LogImports(Gate gate, CallLog log) {
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
      if (!log.full()) {
        boolean cut = Integer.compareUnsigned(length, CallLog.LINE_BYTES) > 0;
        String text = memory.readText(pointer, cut ? CallLog.LINE_BYTES : length);
        log.write(NAME, name, level, cut ? text + " …" : text);
      }
      return null;
    };
  }
}
