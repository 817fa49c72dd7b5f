package dev.parigot.fleet;

/** Which services of an app get new instances with a release. */
public enum Replacement {
  /** Those that are not what they were: the others keep their instances, and what is in memory. */
  CHANGED,
  ALL
}
