package dev.parigot.pipeline;

import dev.parigot.fleet.Replacement;

/**
 * What whoever deploys may wish for.
 *
 * @param skipsGate whether it goes live without being tested; that is noted
 */
public record DeployOptions(Replacement replacement, boolean skipsGate) {
  public static final DeployOptions DEFAULT = new DeployOptions(Replacement.CHANGED, false);
}
