package dev.parigot.timing;

/**
 * Where a run leaves the plain order, in which each task goes on as long as it can and the oldest
 * is next. A run is repeated by its choices; most have few. Steps are told by {@link Step#point}.
 */
public sealed interface Choice {
  /** Who goes next is not who would in the plain order. */
  record Switch(String instead, String next) implements Choice {}

  /** Something goes wrong there. */
  record Strike(Fault fault, String at) implements Choice {}
}
