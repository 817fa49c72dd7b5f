package dev.parigot.timing;

/** What may go wrong in a run though nothing is wrong with the app: it has to bear it. */
public enum Fault {
  /** A queue delivers a message once more. */
  DUPLICATE("is delivered twice"),

  /** An instance ends in the middle of a delivery, which is repeated. */
  KILL("is killed before"),

  /** An idle instance ends, and its memory with it: the next call gets a new one. */
  COLD("begins in a new instance"),

  /** Everybody is slow, and a time that somebody waits for comes before the step. */
  LATE("is late: the clock goes on before");

  private final String told;

  Fault(String told) {
    this.told = told;
  }

  /** As an action, such as {@code is delivered twice}. */
  public String told() {
    return told;
  }
}
