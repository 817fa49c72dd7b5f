package dev.parigot.history;

/**
 * Who did something: an instance, on behalf of a call.
 *
 * @param call its id
 */
public record Actor(String instance, String call) {
  @Override
  public String toString() {
    return instance;
  }
}
