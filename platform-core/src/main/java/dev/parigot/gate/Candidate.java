package dev.parigot.gate;

import dev.parigot.app.AppId;
import dev.parigot.manifest.Blueprint;
import org.jspecify.annotations.Nullable;

/**
 * What wants to go live.
 *
 * @param commit the full id of the commit, or null
 * @param by the e-mail of who deploys
 * @param files where its modules are read
 */
public record Candidate(
    AppId app, @Nullable String commit, String by, Blueprint blueprint, Blueprint.Files files) {}
