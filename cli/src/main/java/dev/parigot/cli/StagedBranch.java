package dev.parigot.cli;

import tools.jackson.databind.JsonNode;

/**
 * A branch in staging.
 *
 * @param id the branch as in its address
 * @param app what to name as the app where only this is meant
 */
record StagedBranch(String branch, String id, String app) {
  static StagedBranch of(JsonNode told) {
    return new StagedBranch(
        told.path("branch").asString(""),
        told.path("id").asString(""),
        told.path("app").asString(""));
  }
}
