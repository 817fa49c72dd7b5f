package dev.parigot.engine;

/**
 * A module made ready to be instantiated: limits written in, parsed once, its compiled code shared
 * by all instances.
 */
public final class Code {
  private final String digest;
  private final Limits limits;

  Code(String digest, Limits limits) {
    this.digest = digest;
    this.limits = limits;
  }

  /** Of the module as it was uploaded. */
  public String digest() {
    return digest;
  }

  public Limits limits() {
    return limits;
  }
}
