package dev.parigot.timing;

import java.util.Optional;

/** What may go wrong in a run though nothing is wrong with the app: it has to bear it. */
public enum Fault {
  /** A queue delivers a message once more. */
  DUPLICATE("delivers twice"),

  /** An instance ends in the middle of a delivery, which is repeated. */
  KILL("ends the instance before"),

  /** An instance ends after a delivery, before that is known; it is repeated. */
  LOST("forgets that it has delivered after"),

  /** An idle instance ends, and its memory with it: the next call gets a new one. */
  COLD("ends the idle instance before"),

  /** All are slow: a time comes that somebody waits for, though others could have gone on. */
  LATE("lets the clock go on after");

  static final String ACTION = "fault:";

  private final String told;

  Fault(String told) {
    this.told = told;
  }

  /** What the platform does to a step then, such as {@code delivers twice}. */
  public String told() {
    return told;
  }

  /** The fault that a step of a run tells of; empty if it is a step of the app. */
  public static Optional<Fault> of(Step step) {
    return step.action().equals(ACTION) ? Optional.of(values()[step.nth() - 1]) : Optional.empty();
  }

  /** Whether it happens before the effect of the step where it does. */
  boolean before() {
    return this == KILL || this == COLD;
  }

  /** How it is told among the steps. */
  Step at(Step step) {
    return new Step(
        step.task(), step.strand(), "parigot", "", ACTION, told + " " + step, 1 + ordinal());
  }
}
