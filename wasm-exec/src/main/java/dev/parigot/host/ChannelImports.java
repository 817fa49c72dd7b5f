package dev.parigot.host;

import dev.parigot.manifest.ChannelRules;
import dev.parigot.situation.Channels;
import dev.parigot.situation.Refused;
import java.nio.charset.StandardCharsets;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyExecutable;
import org.jspecify.annotations.Nullable;

/** {@code parigot:channel}: messages to whoever listens now, such as the app's own pages. */
final class ChannelImports implements ImportModule {
  static final String NAME = "parigot:channel";

  private final Gate gate;
  private final @Nullable Channels channels;

  ChannelImports(Gate gate, @Nullable Channels channels) {
    this.gate = gate;
    this.channels = channels;
  }

  @Override
  public @Nullable ProxyExecutable function(String name) {
    return name.equals("publish") ? gate.answering(this::publish) : null;
  }

  private long publish(Value[] arguments) {
    Guest guest = gate.guest();
    byte[] channel = guest.memory().readName(arguments[0].asInt(), arguments[1].asInt());
    int pointer = arguments[2].asInt();
    int length = arguments[3].asInt();
    guest.memory().check(pointer, length);
    if (guest.initializing()) {
      throw new Refused(503, NAME + " can't be used in _initialize");
    }
    if (Integer.compareUnsigned(length, ChannelRules.MESSAGE_BYTES) > 0) {
      throw new Refused(413, "a message to a channel has at most 64 KiB");
    }
    if (channels == null) {
      throw new Refused(503, "nobody can listen here");
    }
    byte[] message = guest.memory().read(pointer, length);
    String name = new String(channel, StandardCharsets.UTF_8);
    return gate.pass(
        NAME,
        "publish",
        channel,
        () -> {
          channels.publish(guest.call(), name, message);
          return Packed.EMPTY;
        });
  }
}
