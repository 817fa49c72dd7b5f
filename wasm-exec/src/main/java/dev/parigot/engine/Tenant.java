package dev.parigot.engine;

import dev.parigot.situation.Situation;

/**
 * A service as it lives in one instance.
 *
 * @param instance what that instance is called in the service's logs and traces
 * @param situation what its imports reach
 */
public record Tenant(String service, String instance, Situation situation) {}
