package dev.parigot.timing;

/**
 * What a task does when its turn comes.
 *
 * @param task its number, in the order in which tasks came up, from 1
 * @param strand the task's name: how it began, after that of the task that began it. Unlike its
 *     number it is the same in every order
 * @param actor who does it: an instance, or the service of a call that begins
 * @param call the method that the actor answers, as {@code service.method}; empty if none
 * @param action a host call such as {@code parigot:kv get}, or how a call begins
 * @param key what it is about, as {@link dev.parigot.situation.HostCall#key} says; may be empty
 * @param nth which one it is among those of its task that a service does so, from 1; 0 for the
 *     beginning
 */
public record Step(
    int task, String strand, String actor, String call, String action, String key, int nth) {
  private static final String NUMBERED = " (%d)";

  /** The service of the actor: instances have its name and a number. */
  public String service() {
    return serviceOf(actor);
  }

  static String serviceOf(String actor) {
    int end = actor.indexOf('-');
    return end < 0 ? actor : actor.substring(0, end);
  }

  /** A name for it that no other step of a run has, and that it has in every order. */
  public String point() {
    return nth == 0 ? strand : strand + ": " + numbered(what(service(), action, key), nth);
  }

  static String what(String service, String action, String key) {
    return (service + " " + action + " " + key).strip();
  }

  static String numbered(String what, int nth) {
    return nth == 1 ? what : what + NUMBERED.formatted(nth);
  }

  /** Whether no other task can tell when it is taken, and none begins or waits by it. */
  public boolean isQuiet() {
    return Effect.of(this).kind() == Effect.Kind.QUIET;
  }

  @Override
  public String toString() {
    return (actor + ": " + action + " " + key).strip();
  }
}
