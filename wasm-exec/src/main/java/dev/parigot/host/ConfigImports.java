package dev.parigot.host;

import dev.parigot.situation.Refused;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyExecutable;
import org.jspecify.annotations.Nullable;

/** {@code parigot:config}: the app's configuration. */
final class ConfigImports implements ImportModule {
  static final String NAME = "parigot:config";

  private final Gate gate;
  private final Map<String, String> configuration;

  ConfigImports(Gate gate, Map<String, String> configuration) {
    this.gate = gate;
    this.configuration = configuration;
  }

  @Override
  public @Nullable ProxyExecutable function(String name) {
    if (!name.equals("get")) {
      return null;
    }
    return gate.answering(this::get);
  }

  private long get(Value[] arguments) {
    Guest guest = gate.guest();
    byte[] key = guest.memory().readName(arguments[0].asInt(), arguments[1].asInt());
    String text = new String(key, StandardCharsets.UTF_8);
    String value = gate.<@Nullable String>pass(NAME, "get", key, () -> configuration.get(text));
    if (value == null) {
      throw new Refused(404, "no configuration is named " + text);
    }
    return guest.give(value.getBytes(StandardCharsets.UTF_8));
  }
}
