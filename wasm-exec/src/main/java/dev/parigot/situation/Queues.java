package dev.parigot.situation;

/** How services send messages, which are delivered to a method at least once. */
public interface Queues {
  /** Keeps a message for delivery. {@link Refused} with 404 if the app has no such queue. */
  void send(Call caller, String queue, byte[] message);

  /** Why a message can't be sent to a queue that the manifest has not. */
  static Refused unknown(String queue) {
    return new Refused(
        404,
        "The manifest has no queue "
            + queue
            + ": add it under [queues], with the method to deliver to.");
  }
}
