package dev.parigot.local;

import dev.parigot.channel.Declared;
import dev.parigot.manifest.ChannelRules;
import dev.parigot.situation.Call;
import dev.parigot.situation.Channels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Channels to which nobody listens, and which remember what they were told. */
final class InMemoryChannels implements Channels {
  private final ChannelRules rules;
  private final Map<String, List<byte[]>> published = new HashMap<>();

  InMemoryChannels(ChannelRules rules) {
    this.rules = rules;
  }

  @Override
  public void publish(Call caller, String channel, byte[] message) {
    Declared.check(rules, channel);
    published.computeIfAbsent(channel, _ -> new ArrayList<>()).add(message);
  }

  List<byte[]> published(String channel) {
    Declared.check(rules, channel);
    return published.getOrDefault(channel, List.of());
  }
}
