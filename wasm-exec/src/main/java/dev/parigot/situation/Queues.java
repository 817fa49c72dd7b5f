package dev.parigot.situation;

/** How services send messages, which are delivered to a method at least once. */
public interface Queues {
  /** Keeps a message for delivery. {@link Refused} with 404 if the app has no such queue. */
  void send(Call caller, String queue, byte[] message);
}
