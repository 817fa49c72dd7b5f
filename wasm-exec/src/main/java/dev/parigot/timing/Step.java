package dev.parigot.timing;

/**
 * What a task does when its turn comes.
 *
 * @param task its number, in the order in which tasks came up, from 1
 * @param actor who does it: an instance, or the service of a call that begins
 * @param action a host call such as {@code parigot:kv get}, or how a call begins
 * @param key what it is about, as {@link dev.parigot.situation.HostCall#key} says; may be empty
 */
public record Step(int task, String actor, String action, String key) {
  @Override
  public String toString() {
    return (actor + ": " + action + " " + key).strip();
  }
}
