package dev.parigot.situation;

/** How services tell those who listen right now. */
public interface Channels {
  /**
   * Sends a message to whoever listens to the channel, if anybody does. {@link Refused} with 400 if
   * that can name no channel, 404 if the app has no such one.
   */
  void publish(Call caller, String channel, byte[] message);
}
