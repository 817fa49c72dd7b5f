package dev.parigot.channel;

import dev.parigot.manifest.ChannelRules;
import dev.parigot.situation.Refused;

/** Refuses what can be no channel of an app. */
public final class Declared {
  private Declared() {}

  /** {@link Refused} with 400 if that can name no channel, with 404 if the manifest has none so. */
  public static void check(ChannelRules rules, String channel) {
    if (!ChannelRules.isName(channel)) {
      throw new Refused(400, "A channel's name has " + ChannelRules.RULE + ".");
    }
    if (rules.audience(channel).isEmpty()) {
      throw new Refused(404, "The manifest has no channel " + channel + ": " + cure(channel));
    }
  }

  /** What to add to the manifest. */
  static String cure(String channel) {
    String name = channel.contains(".") ? '"' + channel + '"' : channel;
    return "add [channels." + name + "], with public = true if pages are to listen.";
  }
}
